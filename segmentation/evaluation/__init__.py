"""How good a segmenter is: mIoU at so many clicks, NoC@85/90, with the standard click protocol."""

from segmentation.evaluation.coco_samples import Selection, read_annotation_ids, read_coco_samples
from segmentation.evaluation.errors import CocoFileInvalid, EvaluationImpossible
from segmentation.evaluation.protocol import Sample, evaluate
from segmentation.evaluation.report import ObjectScore, Report
from segmentation.evaluation.trial import intersection_over_union
from segmentation.evaluation.views import LowResRule

__all__ = [
    "CocoFileInvalid",
    "EvaluationImpossible",
    "LowResRule",
    "ObjectScore",
    "Report",
    "Sample",
    "Selection",
    "evaluate",
    "intersection_over_union",
    "read_annotation_ids",
    "read_coco_samples",
]
