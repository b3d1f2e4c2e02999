"""`python -m segmentation.training.pictures`: what one click or one box finds on photos nobody trained on.

Good and bad cases side by side, for the model card. The photos are the demo project's.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from segmentation.geometry import mask_from_logits
from segmentation.imaging import read_rgb
from segmentation.prompts import Prompt, make_prompt
from segmentation.segmenters.base import Segmenter
from segmentation.training.shipped import open_pocket

COLUMNS = 5
TINT = np.array([30, 144, 255], np.float32)


class Case(NamedTuple):
    photo: str
    points: tuple[tuple[float, float, int], ...] = ()  # x, y in 0..1 and the label
    box: tuple[float, float, float, float] | None = None  # xyxy in 0..1


CASES = (
    Case("coins.jpg", ((0.12, 0.17, 1),)),
    Case("astronaut.jpg", ((0.44, 0.22, 1),)),
    Case("astronaut.jpg", ((0.36, 0.75, 1),)),
    Case("coffee.jpg", ((0.5, 0.4, 1),)),
    Case("rocket.jpg", ((0.503, 0.45, 1),)),
    Case("chelsea.jpg", ((0.5, 0.7, 1),)),
    Case("chelsea.jpg", ((0.3, 0.42, 1),)),
    Case("astronaut.jpg", box=(0.02, 0.0, 0.86, 1.0)),
    Case("coffee.jpg", box=(0.22, 0.1, 0.86, 0.82)),
    Case("rocket.jpg", box=(0.46, 0.12, 0.54, 0.82)),
)


def draw_cases(segmenter: Segmenter, photos: Path, cases: Sequence[Case], *, mask_stride: int) -> Figure:
    """The best candidate of each case over its photo, with its predicted IoU."""
    rows = -(-len(cases) // COLUMNS)
    figure = Figure(figsize=(2.6 * COLUMNS, 2.4 * rows), layout="constrained")
    panels = np.atleast_1d(figure.subplots(rows, COLUMNS)).flat
    for axes, case in zip(panels, cases, strict=False):
        image = read_rgb(photos / case.photo)
        embedding = segmenter.encode(image)
        best = segmenter.decode(embedding, _prompt(case, image))[0]
        mask = mask_from_logits(
            best.low_res_logits,
            original_hw=embedding.original_hw,
            input_hw=embedding.input_hw,
            mask_stride=mask_stride,
        )
        axes.imshow(tinted(image, mask))
        _draw_prompt(axes, case, image)
        axes.set_title(f"predicted IoU {best.predicted_iou:.2f}", fontsize=8)
        axes.axis("off")
    return figure


def tinted(image: NDArray[np.uint8], mask: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """The image (H, W, 3), grey outside of the mask and blue inside."""
    grey = np.repeat(image.mean(2, keepdims=True), 3, axis=2) * 0.7 + 60
    inside = image * 0.45 + TINT * 0.55
    return np.clip(np.where(mask[..., None], inside, grey), 0, 255).astype(np.uint8)


def _prompt(case: Case, image: NDArray[np.uint8]) -> Prompt:
    height, width = image.shape[:2]
    box = case.box and (case.box[0] * width, case.box[1] * height, case.box[2] * width, case.box[3] * height)
    return make_prompt([(x * width, y * height, label) for x, y, label in case.points], box_xyxy=box)


def _draw_prompt(axes: Any, case: Case, image: NDArray[np.uint8]) -> None:
    height, width = image.shape[:2]
    for x, y, label in case.points:
        axes.plot(x * width, y * height, "o", color="lime" if label else "red", markeredgecolor="white")
    if case.box is not None:
        corners = np.array(case.box)[[[0, 1], [2, 1], [2, 3], [0, 3], [0, 1]]] * (width, height)
        axes.plot(*corners.T, color="lime")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m segmentation.training.pictures", description=__doc__)
    parser.add_argument("picture", type=Path, help="PNG or JPEG to write")
    parser.add_argument("--photos", type=Path, default=Path("annotator/demo/photos"))
    parser.add_argument("--files", type=Path, help="folder of exported files; default: the ones that ship")
    options = parser.parse_args(arguments)
    pocket = open_pocket(options.files)
    figure = draw_cases(pocket, options.photos, CASES, mask_stride=pocket.manifest.mask_stride)
    figure.savefig(options.picture, dpi=80)


if __name__ == "__main__":
    main()
