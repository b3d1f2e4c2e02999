"""What an evaluation found, for one object and for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import fmean
from typing import Any

from segmentation.segmenters.manifest import CloserLook

CLICK_COUNTS = (1, 3, 5, 10, 20)
NOC_THRESHOLDS = (85, 90)  # per cent of IoU


@dataclass(frozen=True)
class ObjectScore:
    """One object: IoU after each click, IoU of the mask for its exact box, both at image size."""

    annotation_id: int | str
    click_ious: Sequence[float]
    box_iou: float
    answered: int  # clicks that were made; fewer than len(click_ious) once nothing is wrong any more
    decode_seconds: float  # for these, together
    first_click_best_iou: float | None = None  # of the candidate that fits best, chosen by the truth
    predicted_ious: Sequence[float] = ()  # the segmenter's own estimate at each answered click
    parts: int = 0  # of the image that were encoded for closer looks
    part_seconds: float = 0.0  # for these, together

    def clicks_to(self, iou: float) -> int:
        """Number of clicks (NoC) that first reach an IoU; the number of all clicks if none does."""
        for count, reached in enumerate(self.click_ious, start=1):
            if reached >= iou:
                return count
        return len(self.click_ious)


@dataclass(frozen=True)
class Report:
    """Means over the objects; there is at least one."""

    scores: Sequence[ObjectScore]
    clicks: int
    images: int
    encode_seconds: float
    closer_look: CloserLook | None = None  # None: the whole image answered everything

    def miou_at(self, count: int) -> float:
        """Mean IoU after `count` clicks."""
        return fmean(score.click_ious[count - 1] for score in self.scores)

    def noc(self, percent: int) -> float:
        """Mean number of clicks to an IoU of `percent`."""
        return fmean(score.clicks_to(percent / 100) for score in self.scores)

    @property
    def miou_box(self) -> float:
        return fmean(score.box_iou for score in self.scores)

    @property
    def miou_best_candidate(self) -> float | None:
        """Mean IoU after one click of the candidate that fits best; what perfect ranking would give."""
        ious = [s.first_click_best_iou for s in self.scores if s.first_click_best_iou is not None]
        return fmean(ious) if ious else None

    def calibration(self) -> list[tuple[float, float]]:
        """Predicted and true IoU of the chosen mask, for every answered click."""
        return [
            pair
            for score in self.scores
            for pair in zip(score.predicted_ious, score.click_ious, strict=False)
        ]

    @property
    def calibration_error(self) -> float | None:
        """Mean distance of predicted and true IoU over the answered clicks."""
        pairs = self.calibration()
        return fmean(abs(predicted - true) for predicted, true in pairs) if pairs else None

    @property
    def seconds_per_click(self) -> float:
        """From prompt to mask at image size; choosing the click and encoding are not in it."""
        answered = sum(score.answered for score in self.scores)
        return sum(score.decode_seconds for score in self.scores) / answered

    @property
    def parts(self) -> int:
        """Parts of images that were encoded for closer looks."""
        return sum(score.parts for score in self.scores)

    def _closer_look(self) -> dict[str, Any] | None:
        if self.closer_look is None:
            return None
        seconds = sum(score.part_seconds for score in self.scores)
        return {**asdict(self.closer_look), "parts": self.parts, "seconds": seconds}

    def to_json(self, *, with_objects: bool = False) -> dict[str, Any]:
        """JSON-ready; `with_objects` adds the IoUs of every object."""
        summary: dict[str, Any] = {
            "objects": len(self.scores),
            "images": self.images,
            "clicks": self.clicks,
            "miou_at": {str(count): self.miou_at(count) for count in CLICK_COUNTS if count <= self.clicks},
            "noc": {str(percent): self.noc(percent) for percent in NOC_THRESHOLDS},
            "miou_box": self.miou_box,
            "miou_best_candidate": self.miou_best_candidate,
            "calibration_error": self.calibration_error,
            "seconds_per_click": self.seconds_per_click,
            "seconds_per_image": self.encode_seconds / self.images,
            "closer_look": self._closer_look(),
        }
        if with_objects:
            summary["per_object"] = [
                {
                    "annotation_id": score.annotation_id,
                    "click_ious": list(score.click_ious),
                    "box_iou": score.box_iou,
                }
                for score in self.scores
            ]
        return summary
