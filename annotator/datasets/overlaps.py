"""Exports of projects whose masks may not overlap: every pixel is exported once."""

from collections.abc import Generator, Iterable
from dataclasses import replace
from itertools import groupby

from annotator.datasets.formats.coco import CocoAnnotation
from segmentation.masks import parse_rle, topmost_only


def without_overlaps(annotations: Iterable[CocoAnnotation]) -> Generator[CocoAnnotation]:
    """Annotations by image, each in drawing order: what is seen of them, the topmost keeping the pixels.

    The page keeps new masks apart; older ones and those of other programs may still overlap. What nothing is
    seen of is left out. One image's masks are in memory at a time.
    """
    for _, group in groupby(annotations, key=lambda annotation: annotation.image_id):
        drawn = list(group)
        masks = [parse_rle({"size": list(one.size_hw), "counts": one.counts}) for one in drawn]
        for annotation, mask, seen in zip(drawn, masks, topmost_only(masks), strict=True):
            if seen is mask:
                yield annotation
            elif seen.area > 0:
                counts = seen.to_coco()["counts"]
                yield replace(annotation, counts=counts, area=seen.area, bbox_xywh=seen.bbox_xywh)
