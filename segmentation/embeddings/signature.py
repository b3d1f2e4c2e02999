"""Whose embedding it is: the four facts that its key is made of."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass

from segmentation.segmenters.base import SegmenterSpec, WireCodec
from segmentation.segmenters.manifest import read_manifest


@dataclass(frozen=True)
class EmbeddingSignature:
    image_sha256: str  # of the bytes of the rendition
    segmenter: str
    checkpoint_sha256: str
    codec: WireCodec

    @property
    def key(self) -> str:
        """64 hex digits; the same facts give the same key on every machine."""
        facts = f"{self.image_sha256}:{self.segmenter}:{self.checkpoint_sha256}:{self.codec}"
        return hashlib.sha256(facts.encode()).hexdigest()

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


def signature_for(spec: SegmenterSpec, *, image_sha256: str) -> EmbeddingSignature:
    """Signature of an image's embedding under the checkpoint that is installed now.

    Reads the manifest; raises ManifestUnreadable.
    """
    manifest = read_manifest(spec.manifest_path)
    return EmbeddingSignature(image_sha256, spec.name, manifest.checkpoint_sha256, spec.codec)
