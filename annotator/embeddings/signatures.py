"""Whose embedding an image needs, and whose earlier one can still be worked with."""

from annotator.common.errors import MaskwrightError
from annotator.images.models import Image
from annotator.segmenters.selectors import get_manifest, get_segmenter_spec
from segmentation.embeddings import EmbeddingSignature, signature_under


def signature_of(segmenter: str, *, image_sha256: str) -> EmbeddingSignature:
    """Whose embedding it would be now. Raises SegmenterNotFound or SegmenterUnavailable."""
    spec = get_segmenter_spec(segmenter)
    return signature_under(spec, get_manifest(segmenter), image_sha256=image_sha256)


def signature_of_image(image: Image) -> EmbeddingSignature:
    """Whose embedding the image needs under its project's segmenter. Raises like `signature_of`."""
    return signature_of(image.project.segmenter, image_sha256=image.rendition_sha256)


def find_signature(image: Image, *, segmenter: str, key: str) -> EmbeddingSignature | None:
    """The signature of that key, if the segmenter is still installed with the checkpoint that made it."""
    try:
        signature = signature_of(segmenter, image_sha256=image.rendition_sha256)
    except MaskwrightError:
        return None
    return signature if signature.key == key else None
