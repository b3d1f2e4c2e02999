"""`python -m onnx_export.wire_codecs --data FOLDER`: what each wire codec does to the masks.

For the held-back objects of a segmenter's split, with one click and with a box: IoU of the best
candidate decoded from the embedding as it travels, with the one decoded from the fp32 embedding.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import get_args

import numpy as np

from segmentation.embeddings.codec import from_wire, to_wire
from segmentation.evaluation import Sample, Selection, intersection_over_union, read_coco_samples
from segmentation.evaluation.clicks import first_click
from segmentation.geometry import mask_from_logits
from segmentation.masks import Mask, decode
from segmentation.prompts import Prompt, make_prompt
from segmentation.registry import load_segmenter
from segmentation.segmenters.base import ImageEmbedding, Segmenter, WireCodec
from segmentation.segmenters.pocket.config import MASK_STRIDE
from segmentation.training.splits import load_held_back

CODECS: tuple[WireCodec, ...] = get_args(WireCodec)


@dataclass(frozen=True)
class CodecFigures:
    codec: str
    prompts: int
    mean_iou: float
    worst_iou: float
    kilobytes: float  # per image, uncompressed


def measure_codecs(segmenter: Segmenter, samples: Sequence[Sample]) -> list[CodecFigures]:
    ious: dict[WireCodec, list[float]] = {codec: [] for codec in CODECS}
    sizes: dict[WireCodec, list[int]] = {codec: [] for codec in CODECS}
    for _, group in groupby(samples, key=lambda sample: sample.image_name):
        objects = list(group)
        exact = segmenter.encode(objects[0].read_image())
        prompts = [prompt for sample in objects for prompt in prompts_for(sample)]
        expected = [best_mask(segmenter, exact, prompt) for prompt in prompts]
        for codec in CODECS:
            travelled, size = through_wire(exact, codec)
            sizes[codec].append(size)
            for prompt, mask in zip(prompts, expected, strict=True):
                ious[codec].append(intersection_over_union(best_mask(segmenter, travelled, prompt), mask))
    return [
        CodecFigures(
            codec,
            len(ious[codec]),
            float(np.mean(ious[codec])),
            min(ious[codec]),
            float(np.mean(sizes[codec])) / 1000,
        )
        for codec in CODECS
    ]


def through_wire(embedding: ImageEmbedding, codec: WireCodec) -> tuple[ImageEmbedding, int]:
    """The embedding as it arrives in the browser, and its size in bytes."""
    wire = to_wire(embedding.tensors, codec)
    return replace(embedding, tensors=from_wire(wire, codec)), sum(tensor.nbytes for tensor in wire.values())


def held_back_samples(data: Path, *, limit: int | None = None) -> list[Sample]:
    held_back = load_held_back()
    ids = [number for numbers in held_back.annotation_ids.values() for number in numbers]
    folder = data / held_back.dataset
    selection = Selection(annotation_ids=ids, limit=limit)
    return read_coco_samples(folder / "annotations.json", folder / "images", selection)


def prompts_for(sample: Sample) -> list[Prompt]:
    """A click into the object's middle, and its box."""
    x, y, width, height = sample.truth.bbox_xywh
    click = first_click(decode(sample.truth))
    return [make_prompt([click.as_triple()]), make_prompt(box_xyxy=(x, y, x + width, y + height))]


def best_mask(segmenter: Segmenter, embedding: ImageEmbedding, prompt: Prompt) -> Mask:
    return mask_from_logits(
        segmenter.decode(embedding, prompt)[0].low_res_logits,
        original_hw=embedding.original_hw,
        input_hw=embedding.input_hw,
        mask_stride=MASK_STRIDE,
    )


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m onnx_export.wire_codecs", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of COCO-style sets")
    parser.add_argument("--limit", type=int, help="only so many objects")
    options = parser.parse_args(arguments)
    segmenter = load_segmenter("pocket", threads=1)
    for row in measure_codecs(segmenter, held_back_samples(options.data, limit=options.limit)):
        sys.stdout.write(
            f"{row.codec}: {row.prompts} prompts, mean IoU {row.mean_iou:.5f}, worst {row.worst_iou:.4f}, "
            f"{row.kilobytes:.0f} kB an image\n"
        )


if __name__ == "__main__":
    main()
