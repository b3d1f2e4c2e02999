"""What an export reads, a piece at a time and in an order that depends on the data alone."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace

from annotator.annotations.models import Annotation
from annotator.datasets.file_names import FileNames
from annotator.datasets.formats.coco import CocoAnnotation, CocoCategory, CocoImage
from annotator.datasets.overlaps import without_overlaps
from annotator.images.models import Image
from annotator.images.naming import shown_filename
from annotator.projects.models import OverlapPolicy, Project

CHUNK_ROWS = 500
_EXPORTED_FIELDS = (
    "image__height",
    "image__width",
    "category__position",
    "category__attributes",
    "rle_counts",
    "area",
    "bbox_xywh",
    "attributes",
)


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
    """The live annotations of these images and categories, by image, then in drawing order.

    People annotate during an export: what belongs to an image or category that came later is left for the
    next export. Where masks of the project may not overlap, none does. COCO ids count from 1.
    """
    annotations = (
        annotation
        for annotation in _stored_annotations(project)
        if annotation.image_id in image_ids and annotation.category_id in category_ids
    )
    if project.overlap_policy != OverlapPolicy.FREE:
        annotations = without_overlaps(annotations)
    for number, annotation in enumerate(annotations, start=1):
        yield replace(annotation, id=number)


def _stored_annotations(project: Project) -> Generator[CocoAnnotation]:
    """All of them as they are stored, not numbered yet."""
    rows = (
        Annotation.objects.live()
        .filter(image__project=project)
        .order_by("image_id", "position", "id")
        .select_related("image", "category")
        .only(*_EXPORTED_FIELDS)
    )
    for row in rows.iterator(chunk_size=CHUNK_ROWS):
        if row.category is None:
            continue  # never: the database keeps a live annotation's category
        yield CocoAnnotation(
            id=0,
            image_id=row.image_id,
            category_id=row.category.position + 1,
            size_hw=(row.image.height, row.image.width),
            counts=row.rle_counts,
            area=row.area,
            bbox_xywh=tuple(row.bbox_xywh),
            uuid=str(row.pk),
            attributes=row.shown_attributes,
        )


def count_annotations(project: Project) -> int:
    return Annotation.objects.live().filter(image__project=project).count()
