"""`manifest.json` of a segmenter: what its graphs take and give, and the sha256 of everything."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Literal

from segmentation.errors import SegmentationError

FORMAT = 2

# To which prompts a padding point belongs: where there is no box (SAM), or to every one (SAM 2).
PaddingPoint = Literal["without_box", "always"]


class ManifestUnreadable(SegmentationError):
    code: ClassVar[str] = "manifest_unreadable"


@dataclass(frozen=True)
class Pixels:
    """How resized RGB becomes float32 planes: (value / 255 - mean) / std, zeros below and right of it."""

    side: int  # longest side (longest_side) or both sides (stretch) of the picture that the encoder sees
    padded_side: int | None  # square after padding; None: not padded
    mean: tuple[float, float, float]  # of values 0..1
    std: tuple[float, float, float]
    # "pillow": Pillow's bilinear with support for shrinking, rounded to 8 bit (torchvision on a PIL image);
    # "antialias": the same filter in float (torchvision on a tensor); "plain": without support for shrinking.
    interpolation: Literal["pillow", "antialias", "plain"]


@dataclass(frozen=True)
class InputRule:
    """From original_hw to input_hw, the size in which model points are measured, and to the encoder's pixels.

    "longest_side": the longer side becomes `size`, each a multiple of `multiple` (geometry.longest_side_hw).
    "stretch": both sides become `size`, whatever the image's proportions.
    """

    resize: Literal["longest_side", "stretch"]
    size: int
    multiple: int = 1
    pixels: Pixels | None = None  # None: the encoder takes uint8 planes of input_hw and normalises itself

    @property
    def picture_side(self) -> int:
        """The longest side of the picture that the encoder sees."""
        return self.size if self.pixels is None else self.pixels.side


@dataclass(frozen=True)
class GraphFile:
    """One ONNX file beside the manifest."""

    path: Path
    sha256: str
    bytes: int
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()


@dataclass(frozen=True)
class CloserLook:
    """Corrections are answered from an embedding of the part of the image around the object."""

    from_point: int  # prompts of so many points and more
    margin: float  # how many times the part's sides are the object's


@dataclass(frozen=True)
class Manifest:
    """The parts of a manifest that Python reads; `raw` is the whole document."""

    segmenter: str
    checkpoint_sha256: str
    input: InputRule
    mask_stride: int
    mask_threshold: float
    candidates: int
    padding_point: PaddingPoint
    closer_look: CloserLook | None  # None: the whole image answers everything
    encoder: GraphFile
    graphs: dict[str, GraphFile]  # prefill, decode, refine
    raw: dict[str, Any]


def read_manifest(path: Path) -> Manifest:
    """Read and check a manifest. Raises ManifestUnreadable; the graphs themselves are not opened."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ManifestUnreadable(
            f"The segmenter's manifest {path} cannot be read. Is it installed?"
        ) from error
    except ValueError as error:
        raise ManifestUnreadable(f"The segmenter's manifest {path} is not JSON. Export it again.") from error
    try:
        return _parse(raw, path.parent)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ManifestUnreadable(
            f"The segmenter's manifest {path} lacks or misspells a field. Export it again."
        ) from error


def _parse(raw: dict[str, Any], folder: Path) -> Manifest:
    if raw["format"] != FORMAT:
        raise ValueError("another format")
    return Manifest(
        segmenter=str(raw["segmenter"]),
        checkpoint_sha256=str(raw["checkpoint_sha256"]),
        input=_input_rule(raw["input"]),
        mask_stride=int(raw["mask_stride"]),
        mask_threshold=float(raw["mask_threshold"]),
        candidates=int(raw["candidates"]),
        padding_point=_padding_point(raw.get("padding_point", "without_box")),
        closer_look=_closer_look(raw.get("closer_look")),
        encoder=_graph_file(raw["encoder"], folder),
        graphs={name: _graph_file(graph, folder) for name, graph in raw["graphs"].items()},
        raw=raw,
    )


def _padding_point(value: object) -> PaddingPoint:
    if value == "without_box" or value == "always":
        return value
    raise ValueError("unknown rule for the padding point")


def _closer_look(entry: dict[str, Any] | None) -> CloserLook | None:
    if entry is None:
        return None
    rule = CloserLook(from_point=int(entry["from_point"]), margin=float(entry["margin"]))
    if rule.from_point < 1 or not 1 <= rule.margin < float("inf"):
        raise ValueError("a closer look begins at a point and shows the whole object")
    return rule


def _input_rule(entry: dict[str, Any]) -> InputRule:
    if entry["resize"] not in ("longest_side", "stretch"):
        raise ValueError("unknown resize rule")
    pixels = entry["pixels"]
    return InputRule(
        resize=entry["resize"],
        size=int(entry["size"]),
        multiple=int(entry["multiple"]),
        pixels=None if pixels is None else _pixels(pixels),
    )


def _pixels(entry: dict[str, Any]) -> Pixels:
    if entry["interpolation"] not in ("pillow", "antialias", "plain"):
        raise ValueError("unknown interpolation")
    padded_side = entry["padded_side"]
    return Pixels(
        side=int(entry["side"]),
        padded_side=None if padded_side is None else int(padded_side),
        mean=_three(entry["mean"]),
        std=_three(entry["std"]),
        interpolation=entry["interpolation"],
    )


def _three(values: list[float]) -> tuple[float, float, float]:
    red, green, blue = (float(value) for value in values)
    return red, green, blue


def _graph_file(entry: dict[str, Any], folder: Path) -> GraphFile:
    name = str(entry["file"])
    if Path(name).name != name:
        raise ValueError("a graph lies beside its manifest")
    return GraphFile(
        path=folder / name,
        sha256=str(entry["sha256"]),
        bytes=int(entry["bytes"]),
        inputs=tuple(entry.get("inputs", ())),
        outputs=tuple(entry.get("outputs", ())),
    )
