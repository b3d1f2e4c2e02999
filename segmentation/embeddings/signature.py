"""Whose embedding it is: the facts that its key is made of."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass

from segmentation.segmenters.base import SegmenterSpec, WireCodec
from segmentation.segmenters.manifest import Manifest, read_manifest


@dataclass(frozen=True)
class EmbeddingSignature:
    image_sha256: str  # of the bytes of the rendition
    segmenter: str
    checkpoint_sha256: str
    encoding_sha256: str  # how the checkpoint is applied: see `encoding_sha256`
    codec: WireCodec

    @property
    def key(self) -> str:
        """64 hex digits; the same facts give the same key on every machine."""
        return hashlib.sha256(":".join(self.as_dict().values()).encode()).hexdigest()

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


def signature_under(spec: SegmenterSpec, manifest: Manifest, *, image_sha256: str) -> EmbeddingSignature:
    """Signature of an image's embedding by a segmenter with this manifest."""
    return EmbeddingSignature(
        image_sha256, spec.name, manifest.checkpoint_sha256, encoding_sha256(manifest), spec.codec
    )


def signature_for(spec: SegmenterSpec, *, image_sha256: str) -> EmbeddingSignature:
    """Signature of an image's embedding under the checkpoint that is installed now.

    Reads the manifest; raises ManifestUnreadable.
    """
    return signature_under(spec, read_manifest(spec.manifest_path), image_sha256=image_sha256)


def encoding_sha256(manifest: Manifest) -> str:
    """What besides weights and image decides on an embedding: the input's size and scaling, the tensors.

    Two exports of a checkpoint that differ in nothing of this make the same embeddings, within rounding.
    """
    facts = {name: manifest.raw[name] for name in ("input", "embedding")}
    text = json.dumps(facts, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
