"""What an export reads, a piece at a time and in an order that depends on the data alone."""

from collections.abc import Iterator
from dataclasses import dataclass

from annotator.annotations.models import Annotation
from annotator.datasets.file_names import FileNames
from annotator.datasets.formats.coco import CocoAnnotation, CocoCategory, CocoImage
from annotator.images.models import Image
from annotator.images.naming import shown_filename
from annotator.projects.models import Project

CHUNK_ROWS = 500


@dataclass(frozen=True, slots=True)
class ExportedImage:
    """An image and the name of its file."""

    coco: CocoImage
    rendition_sha256: str


def categories_of(project: Project) -> list[CocoCategory]:
    """COCO ids are position + 1: a category gets its position when it is made, and keeps it.

    So ids count from 1, are the same in every export, and later categories come behind.
    """
    return [
        CocoCategory(id=row.position + 1, name=row.name) for row in project.categories.order_by("position")
    ]


def images_of(project: Project) -> Iterator[ExportedImage]:
    """In the order of upload. COCO ids are those of the rows, which are never given out twice."""
    names = FileNames()
    for image in Image.objects.filter(project=project).order_by("id").iterator(chunk_size=CHUNK_ROWS):
        file_name = names.take(shown_filename(image), image_id=image.pk)
        yield ExportedImage(
            coco=CocoImage(id=image.pk, file_name=file_name, width=image.width, height=image.height),
            rendition_sha256=image.rendition_sha256,
        )


def annotations_of(
    project: Project, *, image_ids: set[int], category_ids: set[int]
) -> Iterator[CocoAnnotation]:
    """The live annotations of these images and categories, by image, then in the order they were made.

    People annotate during an export: what belongs to an image or category that came later is left for the
    next export. COCO ids count from 1.
    """
    rows = (
        Annotation.objects.live()
        .filter(image__project=project)
        .order_by("image_id", "created_at", "id")
        .values_list(
            "id",
            "image_id",
            "category__position",
            "image__height",
            "image__width",
            "rle_counts",
            "area",
            "bbox_xywh",
        )
    )
    number = 0
    for uuid, image_id, position, height, width, counts, area, bbox in rows.iterator(chunk_size=CHUNK_ROWS):
        if image_id not in image_ids or position + 1 not in category_ids:
            continue
        number += 1
        yield CocoAnnotation(
            id=number,
            image_id=image_id,
            category_id=position + 1,
            size_hw=(height, width),
            counts=counts,
            area=area,
            bbox_xywh=tuple(bbox),
            uuid=str(uuid),
        )


def count_annotations(project: Project) -> int:
    return Annotation.objects.live().filter(image__project=project).count()
