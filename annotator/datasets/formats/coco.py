"""COCO instance files, written as a stream: records in, bytes out (https://cocodataset.org/#format-data).

Masks are compressed RLE and `iscrowd` is 0: it describes the object, never the encoding. Nothing of the time
or place of the export is written, so equal records give equal bytes.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

DESCRIPTION = "Exported by Maskwright"


@dataclass(frozen=True, slots=True)
class CocoCategory:
    id: int  # from 1
    name: str


@dataclass(frozen=True, slots=True)
class CocoImage:
    id: int
    file_name: str  # in the folder of images, unique
    width: int  # pixels
    height: int


@dataclass(frozen=True, slots=True)
class CocoAnnotation:
    id: int  # from 1
    image_id: int
    category_id: int
    size_hw: tuple[int, int]
    counts: str  # compressed run lengths
    area: int  # pixels
    bbox_xywh: tuple[int, int, int, int]
    uuid: str  # of the annotation here; COCO ids are numbers
    attributes: Mapping[str, str | float | bool] = field(default_factory=dict)


def coco_chunks(
    *,
    project_name: str,
    categories: Iterable[CocoCategory],
    images: Iterable[CocoImage],
    annotations: Iterable[CocoAnnotation],
) -> Iterator[bytes]:
    """The file in small pieces, one record a line. The iterables are used one after the other, each once."""
    info = {"description": DESCRIPTION, "project": project_name, "version": "1.0"}
    yield b'{"info": ' + _json(info) + b',\n"licenses": [],\n'
    yield from _array("categories", map(_category, categories))
    yield b",\n"
    yield from _array("images", map(_image, images))
    yield b",\n"
    yield from _array("annotations", map(_annotation, annotations))
    yield b"}\n"


def _array(name: str, records: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    yield _json(name) + b": ["
    separator = b"\n"
    for record in records:
        yield separator + _json(record)
        separator = b",\n"
    yield b"\n]"


def _category(category: CocoCategory) -> dict[str, Any]:
    return {"id": category.id, "name": category.name, "supercategory": ""}


def _image(image: CocoImage) -> dict[str, Any]:
    return {
        "id": image.id,
        "file_name": image.file_name,
        "width": image.width,
        "height": image.height,
    }


def _annotation(annotation: CocoAnnotation) -> dict[str, Any]:
    return {
        "id": annotation.id,
        "image_id": annotation.image_id,
        "category_id": annotation.category_id,
        "segmentation": {"size": list(annotation.size_hw), "counts": annotation.counts},
        "area": annotation.area,
        "bbox": list(annotation.bbox_xywh),
        "iscrowd": 0,
        "uuid": annotation.uuid,
        "attributes": dict(annotation.attributes),
    }


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
