"""`python -m segmentation.checkpoints.facts FAMILY PATH`: is it a checkpoint of the family, and which?

Runs in a process of its own, because it imports torch. Prints one JSON object.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from segmentation.checkpoints.errors import TorchMissing
from segmentation.errors import SegmentationError
from segmentation.segmenters.errors import CheckpointRefused
from segmentation.segmenters.families import get_family, load_network

ROOT = Path(__file__).parents[2]
OUT_OF_MEMORY = (-9, 137)


@dataclass(frozen=True)
class CheckpointFacts:
    """What the loaded network says about itself."""

    variant: str
    parameters: int
    input_size: int
    licence: str


def has_torch() -> bool:
    return importlib.util.find_spec("torch") is not None


def ask_facts(family: str, checkpoint: Path) -> CheckpointFacts:
    """Loads the checkpoint in another process. Raises UnknownFamily, TorchMissing or CheckpointRefused."""
    get_family(family)
    if not has_torch():
        raise TorchMissing("To look into a checkpoint")
    command = [sys.executable, "-m", __name__, family, str(checkpoint.resolve())]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        cause = "there was not enough memory" if done.returncode in OUT_OF_MEMORY else "its loader crashed"
        last = (done.stderr.strip().splitlines() or [""])[-1]
        raise CheckpointRefused(
            f"{checkpoint.name} could not be loaded: {cause}. {last}".strip()
        ) from subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr)
    answer = json.loads(done.stdout.splitlines()[-1])
    if "refused" in answer:
        raise CheckpointRefused(answer["refused"])
    return CheckpointFacts(**answer)


def main() -> None:
    family, path = sys.argv[1:]
    try:
        network = load_network(family, Path(path))
    except SegmentationError as error:
        answer: dict[str, object] = {"refused": error.message}
    else:
        answer = asdict(
            CheckpointFacts(network.variant, network.parameters, network.input.picture_side, network.licence)
        )
    sys.stdout.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main()
