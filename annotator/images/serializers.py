"""Shapes of images, as JSON."""

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from rest_framework import serializers

from annotator.common.fields import FiniteFloatField
from annotator.images.embedding_port import EmbeddingState, embeddings
from annotator.images.renditions import is_tiled
from annotator.images.selectors import ImageState, Neighbours
from annotator.images.storage import pyramid_path

if TYPE_CHECKING:
    from annotator.images.selectors import CountedImage


class EmbeddingSummaryOutput(serializers.Serializer[Any]):
    state = serializers.ChoiceField(choices=EmbeddingState.choices)
    url = serializers.CharField(help_text="Carries the key: its answer may be kept for ever.")
    key = serializers.CharField(help_text="Names the content of the embedding.")
    segmenter = serializers.CharField(
        help_text="Whose graphs decode it. While an embedding of the project's segmenter is being computed, "
        "this may be the one before."
    )


class ImageOutput(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    project = serializers.IntegerField()
    filename = serializers.CharField()
    width = serializers.IntegerField(help_text="Pixels, as shown.")
    height = serializers.IntegerField(help_text="Pixels, as shown.")
    sha256 = serializers.CharField(help_text="Of the bytes that were uploaded.")
    state = serializers.ChoiceField(choices=ImageState.choices)
    annotation_count = serializers.IntegerField()
    duplicate = serializers.BooleanField(help_text="True in the answer to an upload that was there already.")
    embedding = EmbeddingSummaryOutput()
    content_url = serializers.CharField()
    thumbnail_url = serializers.CharField()
    tile_url = serializers.CharField(
        allow_null=True,
        help_text="Of a large image: {level}, {column} and {row} in it name a JPEG of 512 x 512 pixels, "
        "less at the edges. A pixel of level k is the mean of 2^k x 2^k pixels; the last level is one tile.",
    )
    values = serializers.ListField(
        child=serializers.FloatField(),
        min_length=2,
        max_length=2,
        allow_null=True,
        help_text="Of an original of numbers, as 16-bit greys: the values that are shown black and white.",
    )
    created_at = serializers.DateTimeField()


class ImageWindowQuery(serializers.Serializer[Any]):
    key = serializers.CharField(
        required=False, help_text="Names the content, so that the answer may be kept for ever."
    )
    low = FiniteFloatField(help_text="The value that is shown black.")
    high = FiniteFloatField(help_text="The value that is shown white; more than `low`.")


class NeighboursOutput(serializers.Serializer[Neighbours]):
    previous = serializers.IntegerField(allow_null=True)
    next = serializers.IntegerField(allow_null=True)
    position = serializers.IntegerField(help_text="From 1, in the order of upload.")
    total = serializers.IntegerField()


class ImageUploadInput(serializers.Serializer[Any]):
    file = serializers.FileField()


class ImageFileQuery(serializers.Serializer[Any]):
    key = serializers.CharField(
        required=False, help_text="Names the content, so that the answer may be kept for ever."
    )


class ImageListQuery(serializers.Serializer[Any]):
    state = serializers.ChoiceField(choices=ImageState.choices, required=False)
    embedding = serializers.ChoiceField(choices=EmbeddingState.choices, required=False)
    search = serializers.CharField(required=False, help_text="Part of the file name, in any case.")
    predicted_iou_max = FiniteFloatField(required=False, help_text="Of at least one annotation.")
    stability_score_max = FiniteFloatField(required=False, help_text="Of at least one annotation.")
    mean_logit_max = FiniteFloatField(required=False, help_text="Of at least one annotation.")


def image_output(image: "CountedImage", *, duplicate: bool = False) -> dict[str, Any]:
    """What ImageOutput shows of an image from `images_with_details`."""
    return {
        "id": image.id,
        "project": image.project_id,
        "filename": image.filename,
        "width": image.width,
        "height": image.height,
        "sha256": image.sha256,
        "state": ImageState.ANNOTATED if image.annotation_count else ImageState.NEW,
        "annotation_count": image.annotation_count,
        "duplicate": duplicate,
        "embedding": embeddings().summary(image),
        "content_url": _keyed_url("image-content", image),
        "thumbnail_url": _keyed_url("image-thumbnail", image),
        "tile_url": _tile_url(image),
        "values": None if image.value_low is None else [image.value_low, image.value_high],
        "created_at": image.created_at,
    }


def _tile_url(image: "CountedImage") -> str | None:
    if not is_tiled(image.width, image.height) or not pyramid_path(image.rendition_sha256).exists():
        return None
    tile = f"{reverse('image', args=[image.id])}tiles/{{level}}/{{column}}/{{row}}/"
    return f"{tile}?key={image.rendition_sha256}"


def _keyed_url(route: str, image: "CountedImage") -> str:
    """An id alone does not name pixels for ever: another server at the same address has an image 1 too."""
    return f"{reverse(route, args=[image.id])}?key={image.rendition_sha256}"
