"""Why an evaluation cannot run."""

from __future__ import annotations

from typing import ClassVar

from segmentation.errors import SegmentationError


class EvaluationImpossible(SegmentationError):
    code: ClassVar[str] = "evaluation_impossible"


class CocoFileInvalid(SegmentationError):
    """The annotation file is not COCO, or does not fit the images."""

    code: ClassVar[str] = "coco_file_invalid"
