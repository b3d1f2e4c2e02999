"""Wrong files meet the family's loader: a sentence, and nothing is installed."""

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from django.core.management import CommandError, call_command

from tests.segmentation.families.golden import read_golden
from tests.segmentation.families.seeded_weights import save_published, seeded_state

pytestmark = pytest.mark.more


class Attack:
    def __reduce__(self) -> Any:
        return (exec, ("raise SystemExit('this ran')",))


def _mobile_sam(path: Path) -> Path:
    return save_published(seeded_state(read_golden("mobile_sam").shapes), path)


def _of_another_family(path: Path) -> None:
    _mobile_sam(path)


def _truncated(path: Path) -> None:
    content = _mobile_sam(path).read_bytes()
    path.write_bytes(content[: len(content) // 2])


def _with_code(path: Path) -> None:
    torch.save({"model": {"weight": torch.zeros(3)}, "extra": Attack()}, path)


def _with_code_in_the_old_format(path: Path) -> None:
    torch.save({"extra": Attack()}, path, _use_new_zipfile_serialization=False)


def _plain_pickle_with_code(path: Path) -> None:
    path.write_bytes(pickle.dumps(Attack(), protocol=2))


def _of_nobody(path: Path) -> None:
    torch.save({"layer.weight": torch.zeros(3)}, path)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (_of_another_family, r"weights\.pth is not a checkpoint of SAM: it looks like MobileSAM"),
        (_truncated, "truncated or damaged"),
        (_with_code, "could run code"),
        (_with_code_in_the_old_format, "could run code"),
        (_plain_pickle_with_code, "could run code"),
        (_of_nobody, "nor of another family"),
    ],
)
def test_a_wrong_file_is_refused(
    segmenters_folder: Path, tmp_path: Path, make: Callable[[Path], None], sentence: str
) -> None:
    path = tmp_path / "weights.pth"
    make(path)
    with pytest.raises(CommandError, match=sentence):
        call_command("segmenters", "add", str(path), "--family", "sam", "--name", "mine")
    assert list(segmenters_folder.iterdir()) == []
