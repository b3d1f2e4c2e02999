"""The bundled segmenter on the whole way from an upload to the file that the page loads."""

import numpy as np
import pytest
from safetensors.numpy import load

from annotator.accounts.models import User
from annotator.embeddings import computing
from annotator.images.actions import add_image
from annotator.jobs.models import Lane
from annotator.jobs.worker import drain_lane
from annotator.projects.models import Project
from tests.annotator.conftest import ClientOf
from tests.fixtures.truth import PHOTOS

pytestmark = pytest.mark.django_db


def test_a_photo_gets_the_tensors_that_the_manifest_promises(
    api: ClientOf, annotator: User, project: Project
) -> None:
    photo = min(PHOTOS.glob("*.jpg"))
    with photo.open("rb") as file:
        image, _ = add_image(project=project, user=annotator, filename=photo.name, file=file)
    drain_lane(Lane.COMPUTE)
    client = api(annotator)
    tensors = load(b"".join(client.get(f"/api/v1/images/{image.pk}/embedding/")))
    manifest = client.get("/api/v1/segmenters/pocket/manifest/").json()
    assert {entry["name"]: len(entry["dims"]) for entry in manifest["embedding"]} == {
        name: tensor.ndim for name, tensor in tensors.items() if not name.endswith((".scale", ".far"))
    }
    assert all(np.isfinite(tensor.astype(np.float32)).all() for tensor in tensors.values())
    computing._loaded.clear()
