"""From a file as its authors publish it to a mask: every step by the commands and addresses that people use.

The weights are random, with MobileSAM's names and shapes. What comes out at the end is compared with the
network in torch.
"""

import io
import json
from pathlib import Path

import numpy as np
import pytest
import torch
from django.core.management import call_command
from pytest_django import Settings

from annotator.accounts.models import User
from annotator.embeddings.signatures import signature_of_image
from annotator.embeddings.store import embedding_store
from annotator.images.actions import add_image
from annotator.images.models import Image
from annotator.images.pixels import read_pixels
from annotator.jobs.models import Job, JobState, Lane
from annotator.jobs.worker import drain_lane
from annotator.projects.models import Project
from segmentation.prompts import make_prompt
from segmentation.registry import load_segmenter
from segmentation.segmenters.exported import labelled_points
from segmentation.segmenters.families import load_network
from segmentation.segmenters.preprocessing import encoder_input
from tests.annotator.conftest import ClientOf
from tests.annotator.pictures import picture
from tests.segmentation.families.golden import read_golden
from tests.segmentation.families.seeded_weights import save_published, seeded_state

# Encoding takes seconds, and its heartbeat writes from another thread: no transaction may be open around it.
pytestmark = [pytest.mark.more, pytest.mark.django_db(transaction=True)]

CLICK_XY = (21.5, 12.5)
# Of the largest magnitude. The stored embedding is rounded to its codec; the graphs alone differ by 1e-5.
TOLERANCE_STORED, TOLERANCE_DECODED = 5e-3, 1e-4


@pytest.fixture
def mobile_sam(tmp_path: Path) -> Path:
    """A file of the authors' format."""
    return save_published(seeded_state(read_golden("mobile_sam").shapes), tmp_path / "mobile_sam.pt")


@pytest.fixture
def folders(
    settings: Settings, tmp_path: Path, segmenters_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """Everything that is written lies in a folder of the test. Answers where segmenters are."""
    monkeypatch.setenv("MASKWRIGHT_ENCODER", "onnxruntime")
    settings.MEDIA_DIR = tmp_path / "files"
    settings.EMBEDDINGS_DIR = tmp_path / "embeddings"
    return segmenters_folder


def test_a_published_file_becomes_masks(
    api: ClientOf, manager: User, project: Project, folders: Path, mobile_sam: Path
) -> None:
    client = api(manager)
    call_command("segmenters", "add", str(mobile_sam), "--family", "mobile_sam", "--name", "mine")
    record = json.loads((folders / "mine" / "segmenter.json").read_text())
    assert (record["variant"], record["input_size"]) == ("vit_t", 1024)
    call_command("segmenters", "export", "mine")
    listed = {row["name"]: row for row in client.get("/api/v1/segmenters/").json()["results"]}
    assert listed["mine"]["exported"]
    assert listed["mine"]["parameters"] == record["parameters"]

    image, _ = add_image(project=project, user=manager, filename="a.png", file=io.BytesIO(picture()))
    answer = client.patch(f"/api/v1/projects/{project.pk}/", {"segmenter": "mine"})
    assert answer.json()["segmenter"] == "mine"
    drain_lane(Lane.IO)
    drain_lane(Lane.COMPUTE)
    assert not Job.objects.exclude(state=JobState.SUCCEEDED).exists()

    image = Image.objects.select_related("project").get(pk=image.pk)
    shown = client.get(f"/api/v1/images/{image.pk}/").json()["embedding"]
    assert (shown["state"], shown["segmenter"]) == ("ready", "mine")
    assert client.get(shown["url"]).status_code == 200
    manifest = client.get("/api/v1/segmenters/mine/manifest/").json()
    assert manifest["checkpoint_sha256"] == record["checkpoint_sha256"]
    for graph in manifest["graphs"].values():
        assert client.get(graph["url"]).status_code == 200

    _assert_equal_to_torch(image, mobile_sam)


def _assert_equal_to_torch(image: Image, checkpoint: Path) -> None:
    network = load_network("mobile_sam", checkpoint)
    pixels = torch.from_numpy(np.asarray(encoder_input(read_pixels(image), network.input)))
    with torch.no_grad():
        (expected,) = (tensor.numpy() for tensor in network.encoder(pixels))
    stored = embedding_store().read(signature_of_image(image))
    (tensor,) = stored.tensors.values()
    assert np.abs(tensor - expected).max() < TOLERANCE_STORED * np.abs(expected).max()

    prompt = make_prompt([(*CLICK_XY, 1)])
    candidates = load_segmenter("mine").decode(stored, prompt)
    coords, labels = labelled_points(prompt, stored, padding_point=network.padding_point)
    inputs = [torch.from_numpy(array) for array in (tensor, coords, labels)]
    with torch.no_grad():
        logits, scores = network.decoder(*inputs, None)
    # One point without a box: the multi-mask tokens by predicted IoU.
    best_first = 1 + torch.argsort(scores[0, 1:], descending=True)
    assert len(candidates) == 3
    for candidate, token in zip(candidates, best_first, strict=True):
        reference = logits[0, token].numpy()
        ours = candidate.low_res_logits
        reference = reference[: ours.shape[0], : ours.shape[1]]
        assert np.abs(ours - reference).max() < TOLERANCE_DECODED * np.abs(reference).max()
        assert candidate.predicted_iou == pytest.approx(float(scores[0, token]), abs=1e-5)
