"""`python -m onnx_export.wire_codecs --data FOLDER`: what each wire codec does to the masks.

For the held-back objects of a segmenter's split, with one click and with a box: IoU of the best
candidate decoded from the embedding as it travels, with the one decoded from the fp32 embedding.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args

import cv2
import numpy as np
from numpy.typing import NDArray

from segmentation.embeddings.codec import from_wire, to_wire
from segmentation.geometry import deepest_pixel, largest_region, mask_from_logits
from segmentation.masks import Rle, decode, parse_rle
from segmentation.prompts import Prompt, make_prompt
from segmentation.registry import load_segmenter
from segmentation.segmenters.base import ImageEmbedding, Segmenter, WireCodec
from segmentation.segmenters.pocket.config import MASK_STRIDE
from segmentation.training.splits import load_held_back

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class CodecFigures:
    codec: str
    prompts: int
    mean_iou: float
    worst_iou: float
    kilobytes: float  # per image, uncompressed


def measure_codecs(segmenter: Segmenter, data: Path, *, photos: int | None = None) -> list[CodecFigures]:
    ious: dict[str, list[float]] = {codec: [] for codec in get_args(WireCodec)}
    sizes: dict[str, list[int]] = {codec: [] for codec in ious}
    for image, rles in list(held_back_objects(data))[:photos]:
        exact = segmenter.encode(image)
        expected = [best_mask(segmenter, exact, prompt) for prompt in prompts_for(rles)]
        for codec in ious:
            travelled, size = through_wire(exact, codec)
            sizes[codec].append(size)
            for prompt, mask in zip(prompts_for(rles), expected, strict=True):
                ious[codec].append(iou(best_mask(segmenter, travelled, prompt), mask))
    return [
        CodecFigures(
            codec, len(values), float(np.mean(values)), min(values), float(np.mean(sizes[codec])) / 1000
        )
        for codec, values in ious.items()
    ]


def through_wire(embedding: ImageEmbedding, codec: Any) -> tuple[ImageEmbedding, int]:
    """The embedding as it arrives in the browser, and its size in bytes."""
    wire = to_wire(embedding.tensors, codec)
    return replace(embedding, tensors=from_wire(wire, codec)), sum(tensor.nbytes for tensor in wire.values())


def held_back_objects(data: Path) -> Iterator[tuple[NDArray[np.uint8], list[Rle]]]:
    """Photos (RGB) and the masks that are evaluated on them."""
    held_back = load_held_back()
    folder = data / held_back.dataset
    raw = json.loads((folder / "annotations.json").read_text(encoding="utf-8"))
    masks = {annotation["id"]: annotation["segmentation"] for annotation in raw["annotations"]}
    for file_name, ids in held_back.annotation_ids.items():
        bgr = cv2.imread(str(folder / "images" / file_name), cv2.IMREAD_COLOR)
        if bgr is None:
            raise FileNotFoundError(folder / "images" / file_name)
        yield np.ascontiguousarray(bgr[:, :, ::-1], np.uint8), [parse_rle(masks[number]) for number in ids]


def prompts_for(rles: list[Rle]) -> list[Prompt]:
    """For each mask a click into its middle, and its box."""
    prompts = []
    for rle in rles:
        region = largest_region(decode(rle))
        pixel = deepest_pixel(region) if region is not None else None
        if pixel is not None:
            x, y, width, height = rle.bbox_xywh
            prompts.append(make_prompt([(*pixel.centre_xy, 1)]))
            prompts.append(make_prompt(box_xyxy=(x, y, x + width, y + height)))
    return prompts


def best_mask(segmenter: Segmenter, embedding: ImageEmbedding, prompt: Prompt) -> Mask:
    return mask_from_logits(
        segmenter.decode(embedding, prompt)[0].low_res_logits,
        original_hw=embedding.original_hw,
        input_hw=embedding.input_hw,
        mask_stride=MASK_STRIDE,
    )


def iou(one: Mask, other: Mask) -> float:
    union = int((one | other).sum())
    return int((one & other).sum()) / union if union else 1.0


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m onnx_export.wire_codecs", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of COCO-style sets")
    parser.add_argument("--photos", type=int, help="only so many")
    options = parser.parse_args(arguments)
    for row in measure_codecs(load_segmenter("pocket", threads=1), options.data, photos=options.photos):
        sys.stdout.write(
            f"{row.codec}: {row.prompts} prompts, mean IoU {row.mean_iou:.5f}, worst {row.worst_iou:.4f}, "
            f"{row.kilobytes:.0f} kB an image\n"
        )


if __name__ == "__main__":
    main()
