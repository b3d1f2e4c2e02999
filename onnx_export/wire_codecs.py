"""`python -m onnx_export.wire_codecs`: what each wire codec costs, and what it does to the masks.

    … NAME --data FOLDER                 held-back objects of a COCO-style set: a click and a box for each
    … --family F --checkpoint PATH --images FOLDER    twenty prompts on each of ten photos of any folder

IoU of the best mask decoded from the embedding as it travels with the one decoded from the fp32 embedding.
A checkpoint is decoded by its plain network in torch; `python -m tests.segmentation.families.seeded_file NAME
PATH` writes one with seeded random weights where the published one cannot be had.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Protocol, get_args

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from onnx_export.reference_segmenter import ReferenceSegmenter
from segmentation.embeddings.codec import from_wire, to_wire
from segmentation.embeddings.sizes import measured_wire_bytes
from segmentation.evaluation import Sample, Selection, intersection_over_union, read_coco_samples
from segmentation.evaluation.clicks import first_click
from segmentation.geometry import HW
from segmentation.masks import Mask, decode
from segmentation.prompts import BACKGROUND, FOREGROUND, Prompt, make_prompt
from segmentation.registry import load_segmenter
from segmentation.segmenters.base import CandidateMask, ImageEmbedding, WireCodec
from segmentation.segmenters.families import FAMILIES, load_network
from segmentation.training.splits import load_held_back

CODECS: tuple[WireCodec, ...] = get_args(WireCodec)
IMAGES, PROMPTS_AN_IMAGE = 10, 20

# An image and the prompts for it.
Case = tuple[NDArray[np.uint8], list[Prompt]]


class Decodes(Protocol):
    def encode(self, image: NDArray[np.uint8]) -> ImageEmbedding: ...
    def decode(self, embedding: ImageEmbedding, prompt: Prompt) -> list[CandidateMask]: ...


@dataclass(frozen=True)
class CodecFigures:
    codec: str
    prompts: int
    mean_iou: float
    worst_iou: float
    kilobytes: float  # per image, gzipped


def measure_codecs(segmenter: Decodes, cases: Iterable[Case]) -> list[CodecFigures]:
    ious: dict[WireCodec, list[float]] = {codec: [] for codec in CODECS}
    sizes: dict[WireCodec, list[int]] = {codec: [] for codec in CODECS}
    for image, prompts in cases:
        exact = segmenter.encode(image)
        expected = [best_mask(segmenter, exact, prompt) for prompt in prompts]
        for codec in CODECS:
            sizes[codec].append(measured_wire_bytes(exact.tensors, codec))
            travelled = through_wire(exact, codec)
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


def through_wire(embedding: ImageEmbedding, codec: WireCodec) -> ImageEmbedding:
    """The embedding as it arrives in the browser."""
    return replace(embedding, tensors=from_wire(to_wire(embedding.tensors, codec), codec))


def best_mask(segmenter: Decodes, embedding: ImageEmbedding, prompt: Prompt) -> Mask:
    """At the resolution of the logits, where rounding shows as much as anywhere."""
    mask: Mask = segmenter.decode(embedding, prompt)[0].low_res_logits > 0
    return mask


def held_back_cases(data: Path, *, limit: int | None = None) -> Iterator[Case]:
    """The held-back objects of the bundled segmenter's split: a click into the middle, and the box."""
    held_back = load_held_back()
    ids = [number for numbers in held_back.annotation_ids.values() for number in numbers]
    folder = data / held_back.dataset
    selection = Selection(annotation_ids=ids, limit=limit)
    samples = read_coco_samples(folder / "annotations.json", folder / "images", selection)
    for _, group in groupby(samples, key=lambda sample: sample.image_name):
        objects = list(group)
        yield objects[0].read_image(), [prompt for sample in objects for prompt in prompts_for(sample)]


def prompts_for(sample: Sample) -> list[Prompt]:
    x, y, width, height = sample.truth.bbox_xywh
    click = first_click(decode(sample.truth))
    return [make_prompt([click.as_triple()]), make_prompt(box_xyxy=(x, y, x + width, y + height))]


def photo_cases(folder: Path, *, limit: int = IMAGES) -> Iterator[Case]:
    """Photos spread over the folder; prompts anywhere: points, boxes, three points."""
    rng = np.random.default_rng(0)
    photos = sorted([*folder.glob("*.jpg"), *folder.glob("*.png")])
    for photo in photos[:: max(1, len(photos) // limit)][:limit]:
        image = np.asarray(Image.open(photo).convert("RGB"))
        yield image, [random_prompt(rng, image.shape[:2], index) for index in range(PROMPTS_AN_IMAGE)]


def random_prompt(rng: np.random.Generator, hw: HW, index: int) -> Prompt:
    """Of five prompts three are a point, one is a box and one has three points."""
    xy = rng.uniform(size=(3, 2)) * [hw[1], hw[0]]
    match index % 5:
        case 3:
            (left, top), (right, bottom) = xy[:2].min(axis=0), xy[:2].max(axis=0)
            return make_prompt(box_xyxy=(left, top, right, bottom))
        case 4:
            labels = (FOREGROUND, FOREGROUND, BACKGROUND)
            return make_prompt([(x, y, label) for (x, y), label in zip(xy, labels, strict=True)])
        case _:
            return make_prompt([(xy[0, 0], xy[0, 1], FOREGROUND)])


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m onnx_export.wire_codecs",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("name", nargs="?", default="pocket", help="of a segmenter that is installed (pocket)")
    parser.add_argument("--family", choices=FAMILIES, help="of --checkpoint")
    parser.add_argument("--checkpoint", type=Path, help="instead of an installed segmenter")
    photos = parser.add_mutually_exclusive_group(required=True)
    photos.add_argument("--data", type=Path, help="folder of COCO-style sets, for the bundled segmenter")
    photos.add_argument("--images", type=Path, help="folder of photos")
    parser.add_argument("--limit", type=int, help="only so many objects (--data) or photos (--images)")
    options = parser.parse_args(arguments)
    segmenter: Decodes
    if options.checkpoint:
        segmenter = ReferenceSegmenter(load_network(options.family, options.checkpoint))
    else:
        segmenter = load_segmenter(options.name, threads=1)
    if options.data:
        cases = held_back_cases(options.data, limit=options.limit)
    else:
        cases = photo_cases(options.images, limit=options.limit or IMAGES)
    for row in measure_codecs(segmenter, cases):
        sys.stdout.write(
            f"{row.codec}: {row.prompts} prompts, mean IoU {row.mean_iou:.5f}, worst {row.worst_iou:.4f}, "
            f"{row.kilobytes:.0f} kB an image\n"
        )


if __name__ == "__main__":
    main()
