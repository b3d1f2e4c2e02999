"""The segmenters of this installation, as the web process sees them: manifests and names, no network."""

from functools import lru_cache
from pathlib import Path

from annotator.embeddings.errors import SegmenterNotFound, SegmenterUnavailable
from segmentation.embeddings import EmbeddingSignature
from segmentation.registry import UnknownSegmenter, get_spec
from segmentation.segmenters.base import SegmenterSpec
from segmentation.segmenters.manifest import Manifest, ManifestUnreadable, read_manifest


def get_segmenter_spec(name: str) -> SegmenterSpec:
    """Raises SegmenterNotFound."""
    try:
        return get_spec(name)
    except UnknownSegmenter as error:
        raise SegmenterNotFound(error.message) from error


def get_manifest(name: str) -> Manifest:
    """The manifest that is installed now. Raises SegmenterNotFound or SegmenterUnavailable."""
    path = get_segmenter_spec(name).manifest_path
    try:
        return _read_once(path, path.stat().st_mtime_ns)
    except (ManifestUnreadable, OSError) as error:
        raise SegmenterUnavailable(
            f'The segmenter "{name}" is not completely installed: its manifest cannot be read. '
            "Install it again, or choose another segmenter for the project."
        ) from error


def signature_of(segmenter: str, *, image_sha256: str) -> EmbeddingSignature:
    """Whose embedding it would be now. Raises like `get_manifest`."""
    spec = get_segmenter_spec(segmenter)
    return EmbeddingSignature(image_sha256, spec.name, get_manifest(segmenter).checkpoint_sha256, spec.codec)


@lru_cache(maxsize=16)
def _read_once(path: Path, _modified_ns: int) -> Manifest:
    """A list of images asks a hundred times for the same manifest; a new one has a new time."""
    return read_manifest(path)
