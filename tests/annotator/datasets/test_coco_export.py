"""Exports that pycocotools reads, with the stored masks bit for bit, the same bytes every time."""

import io
import json
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from PIL import Image as PillowImage
from pycocotools.coco import COCO

from annotator.accounts.models import User
from annotator.annotations.actions import delete_annotation
from annotator.annotations.models import Annotation
from annotator.images import storage
from annotator.images.models import Image
from annotator.jobs.models import Job, JobState, Lane
from annotator.jobs.worker import drain_lane
from annotator.projects.actions import create_category
from annotator.projects.models import Project
from segmentation.masks import decode, parse_rle
from tests.annotator.conftest import ClientOf, make_image
from tests.annotator.datasets.conftest import add
from tests.annotator.pictures import picture

pytestmark = pytest.mark.django_db


def _export(project: Project, out: Path, *options: str) -> dict[str, Any]:
    call_command("export_coco", str(project.pk), "--out", str(out), *options)
    document: dict[str, Any] = json.loads((out / "annotations.json").read_text())
    return document


def _download(api: ClientOf, user: User, project: Project) -> bytes:
    client = api(user)
    job = client.post(f"/api/v1/projects/{project.pk}/exports/", {"format": "coco"})
    assert job.status_code == 202
    drain_lane(Lane.IO)
    shown = client.get(f"/api/v1/jobs/{job.json()['id']}/").json()
    assert shown["state"] == "succeeded"
    assert shown["done"] == shown["total"] > 0
    return b"".join(client.get(shown["result_url"]))


def test_pycocotools_reads_every_mask_as_it_is_stored(filled: Project, tmp_path: Path) -> None:
    _export(filled, tmp_path / "out")
    coco = COCO(tmp_path / "out" / "annotations.json")
    assert len(coco.anns) == 7
    for exported in coco.anns.values():
        stored = Annotation.objects.get(pk=UUID(exported["uuid"]))
        mask = decode(parse_rle(stored.rle))
        assert np.array_equal(coco.annToMask(exported), mask)
        assert exported["area"] == mask.sum()
        assert exported["bbox"] == stored.bbox_xywh
        assert exported["iscrowd"] == 0
        assert exported["image_id"] == stored.image_id


def test_the_images_are_those_that_the_annotator_saw(filled: Project, tmp_path: Path) -> None:
    document = _export(filled, tmp_path / "out")
    for exported in document["images"]:
        image = Image.objects.get(pk=exported["id"])
        path = tmp_path / "out" / "images" / exported["file_name"]
        assert path.read_bytes() == storage.blob_path(image.rendition_sha256).read_bytes()
        with PillowImage.open(path) as picture_on_disk:
            assert picture_on_disk.size == (exported["width"], exported["height"])


def test_file_names_are_unique_whatever_their_case(filled: Project, tmp_path: Path) -> None:
    names = [image["file_name"] for image in _export(filled, tmp_path / "out")["images"]]
    second = filled.images.order_by("id")[1].pk
    assert names == ["a.png", f"A-{second}.png", "turned.png"]


def test_category_ids_stay_when_others_are_added(filled: Project, tmp_path: Path) -> None:
    before = _export(filled, tmp_path / "before")["categories"]
    create_category(filled, name="aardvark")
    after = _export(filled, tmp_path / "after")["categories"]
    assert [(row["id"], row["name"]) for row in before] == [(1, "cat"), (2, "猫")]
    assert after == [*before, {"id": 3, "name": "aardvark", "supercategory": ""}]


def test_deleted_annotations_are_left_out(filled: Project, annotator: User, tmp_path: Path) -> None:
    delete_annotation(UUID(int=99), based_on=1, author=annotator)
    assert len(_export(filled, tmp_path / "out")["annotations"]) == 6


def test_two_downloads_of_the_same_data_are_the_same_bytes(
    api: ClientOf, annotator: User, filled: Project
) -> None:
    first = _download(api, annotator, filled)
    assert first == _download(api, annotator, filled)
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == "annotations.json"
        assert len(archive.namelist()) == 4


def test_the_folder_and_the_zip_file_hold_the_same(
    api: ClientOf, annotator: User, filled: Project, tmp_path: Path
) -> None:
    _export(filled, tmp_path / "out")
    with zipfile.ZipFile(io.BytesIO(_download(api, annotator, filled))) as archive:
        for name in archive.namelist():
            assert archive.read(name) == (tmp_path / "out" / name).read_bytes()


def test_an_empty_project_is_exported(project: Project, tmp_path: Path) -> None:
    document = _export(project, tmp_path / "out")
    assert (document["images"], document["annotations"], document["categories"]) == ([], [], [])


def test_the_memory_of_an_export_does_not_grow_with_its_annotations(project: Project, tmp_path: Path) -> None:
    """20,000 annotations of 1.5 KB are 30 MB; a stream needs a small part of that."""
    category = create_category(project, name="cat")
    image = make_image(project)
    storage.blob_path(image.rendition_sha256).parent.mkdir(parents=True)
    storage.blob_path(image.rendition_sha256).write_bytes(b"picture")
    counts = "0" * 1500
    for _ in range(20):
        Annotation.objects.bulk_create(
            Annotation(
                id=uuid4(),
                image=image,
                category=category,
                rle_counts=counts,
                area=1,
                bbox_xywh=[0, 0, 1, 1],
                position=1,
                version=1,
                source="manual",
            )
            for _ in range(1000)
        )
    tracemalloc.start()
    try:
        call_command("export_coco", str(project.pk), "--out", str(tmp_path / "out"))
        peak_bytes = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (tmp_path / "out" / "annotations.json").stat().st_size > 30e6
    assert peak_bytes < 6e6


def test_an_image_whose_file_is_gone_fails_the_export_with_a_sentence(
    filled: Project, tmp_path: Path
) -> None:
    storage.blob_path(filled.images.earliest("id").rendition_sha256).unlink()
    with pytest.raises(CommandError, match=r"The image a\.png was deleted during the export"):
        _export(filled, tmp_path / "out")
    assert Job.objects.latest("id").state == JobState.FAILED


def test_a_failed_export_leaves_no_half_a_zip_file(
    api: ClientOf, annotator: User, filled: Project, data: Path
) -> None:
    storage.blob_path(filled.images.earliest("id").rendition_sha256).unlink()
    client = api(annotator)
    job_id = client.post(f"/api/v1/projects/{filled.pk}/exports/", {"format": "coco"}).json()["id"]
    drain_lane(Lane.IO)
    assert client.get(f"/api/v1/jobs/{job_id}/").json()["error"]["code"] == "image_gone"
    assert client.get(f"/api/v1/exports/{job_id}/download/").status_code == 404
    assert list((data / "exports").iterdir()) == []


def test_a_folder_with_something_in_it_is_refused_unless_forced(filled: Project, tmp_path: Path) -> None:
    mine = tmp_path / "out" / "notes.txt"
    mine.parent.mkdir()
    mine.write_text("mine")
    with pytest.raises(CommandError, match="not an empty folder"):
        _export(filled, tmp_path / "out")
    _export(filled, tmp_path / "out", "--force")
    assert mine.read_text() == "mine"


def test_a_project_is_found_by_its_exact_name(filled: Project, tmp_path: Path) -> None:
    call_command("export_coco", "Cats of Rome", "--out", str(tmp_path / "out"))
    with pytest.raises(CommandError, match=r'no project "Cats"\. There are: \d+ \(Cats of Rome\)'):
        call_command("export_coco", "Cats", "--out", str(tmp_path / "other"))


def test_the_command_shows_how_far_it_is(
    filled: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _export(filled, tmp_path / "out")
    assert "Copying images: 10 of 10" in capsys.readouterr().err


def test_a_viewer_may_download_but_not_export(
    api: ClientOf, annotator: User, viewer: User, filled: Project
) -> None:
    data = _download(api, annotator, filled)
    answer = api(viewer).post(f"/api/v1/projects/{filled.pk}/exports/", {"format": "coco"})
    assert (answer.status_code, answer.json()["code"]) == (403, "role_too_low")
    download = api(viewer).get(f"/api/v1/exports/{Job.objects.latest('id').pk}/download/")
    assert b"".join(download) == data
    assert download.headers["Content-Disposition"] == 'attachment; filename="cats-of-rome-coco.zip"'


def test_a_stranger_finds_no_export(api: ClientOf, annotator: User, stranger: User, filled: Project) -> None:
    _download(api, annotator, filled)
    client = api(stranger)
    assert client.post(f"/api/v1/projects/{filled.pk}/exports/", {"format": "coco"}).status_code == 404
    assert client.get(f"/api/v1/exports/{Job.objects.latest('id').pk}/download/").status_code == 404


def test_an_unknown_format_is_refused(api: ClientOf, annotator: User, project: Project) -> None:
    answer = api(annotator).post(f"/api/v1/projects/{project.pk}/exports/", {"format": "voc"})
    assert answer.status_code == 400


def test_a_job_that_is_no_export_has_no_download(api: ClientOf, annotator: User, project: Project) -> None:
    add(project, annotator, "a.png", picture())
    answer = api(annotator).get(f"/api/v1/exports/{Job.objects.get().pk}/download/")
    assert (answer.status_code, answer.json()["code"]) == (404, "export_not_found")
