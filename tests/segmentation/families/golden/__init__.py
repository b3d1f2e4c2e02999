"""Golden numbers: samples of what official code answered, small enough to commit.

`NAME.json` holds the names and shapes of the official state dict and, for each image and output, the
shape, mean, standard deviation, largest magnitude and values at positions that the output's name and size
determine. `record.py` writes them.
"""

from __future__ import annotations

import json
import re
import zlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.segmentation.families.comparison import TOLERANCE, Outputs

FOLDER = Path(__file__).parent
VALUES = 24  # sampled of each output
DIGITS = 8  # significant; float32 has between 6 and 9

Shape = tuple[int, ...]


@dataclass(frozen=True)
class Golden:
    """What official code gave for one network with seeded weights."""

    name: str
    about: Mapping[str, str]  # packages and versions
    shapes: Mapping[str, Shape]  # of the official state dict
    images: Mapping[str, Mapping[str, Mapping[str, Any]]]  # image -> output -> samples

    def assert_matches(self, image: str, outputs: Outputs, *, tolerance: float = TOLERANCE) -> None:
        """The outputs are the official ones, within `tolerance` of each one's largest magnitude."""
        expected = self.images[image]
        assert outputs.keys() == expected.keys()
        for output, sample in expected.items():
            _assert_sampled(output, outputs[output], sample, tolerance)


def read_golden(name: str) -> Golden:
    content = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return Golden(name, content["about"], _unfolded(content["shapes"]), content["images"])


def write_golden(
    name: str, *, about: Mapping[str, str], shapes: Mapping[str, Shape], images: Mapping[str, Outputs]
) -> Path:
    path = FOLDER / f"{name}.json"
    samples = {
        image: {output: _sample(output, values) for output, values in outputs.items()}
        for image, outputs in images.items()
    }
    text = json.dumps({"about": dict(about), "shapes": _folded(shapes), "images": samples}, indent=1)
    one_line_lists = re.sub(r"\[[^\[\]{}]*\]", lambda found: " ".join(found[0].split()), text)
    path.write_text(one_line_lists + "\n", encoding="utf-8")
    return path


def _assert_sampled(
    output: str, values: NDArray[np.float32], sample: Mapping[str, Any], tolerance: float
) -> None:
    assert list(values.shape) == sample["shape"], output
    allowed = tolerance * sample["largest"]
    sampled = values.reshape(-1)[_positions(output, values.size)]
    np.testing.assert_allclose(sampled, sample["values"], rtol=0, atol=allowed, err_msg=output)
    found = [values.mean(dtype=np.float64), values.std(dtype=np.float64)]
    np.testing.assert_allclose(found, [sample["mean"], sample["std"]], rtol=0, atol=allowed, err_msg=output)


def _sample(output: str, values: NDArray[np.float32]) -> dict[str, Any]:
    return {
        "shape": list(values.shape),
        "mean": _rounded(values.mean(dtype=np.float64)),
        "std": _rounded(values.std(dtype=np.float64)),
        "largest": _rounded(np.abs(values).max()),
        "values": [_rounded(value) for value in values.reshape(-1)[_positions(output, values.size)]],
    }


def _positions(output: str, size: int) -> NDArray[np.int64]:
    rng = np.random.default_rng(zlib.crc32(output.encode()))
    return np.sort(rng.choice(size, min(VALUES, size), replace=False))


def _rounded(value: Any) -> float:
    return float(f"{float(value):.{DIGITS}g}")


def _folded(shapes: Mapping[str, Shape]) -> dict[str, Shape]:
    """Names that differ only in their first number, and have one shape, as one: `blocks.{0,1,3}.bias`."""
    numbers: dict[tuple[str, Shape], list[str]] = defaultdict(list)
    for name, shape in shapes.items():
        number = re.search(r"(?<=\.)\d+(?=\.)", name)
        pattern = name if number is None else f"{name[: number.start()]}*{name[number.end() :]}"
        numbers[pattern, tuple(shape)] += [] if number is None else [number[0]]
    return {
        pattern.replace("*", f"{{{','.join(found)}}}"): shape for (pattern, shape), found in numbers.items()
    }


def _unfolded(folded: Mapping[str, list[int]]) -> dict[str, Shape]:
    shapes: dict[str, Shape] = {}
    for pattern, shape in folded.items():
        numbers = re.search(r"\{(.*)\}", pattern)
        for number in numbers[1].split(",") if numbers else [""]:
            shapes[re.sub(r"\{.*\}", number, pattern)] = tuple(shape)
    return shapes
