"""GET segmenters/: what projects can have, and what waits for its export."""

import shutil
from pathlib import Path

import pytest
from rest_framework.test import APIClient

from annotator.accounts.models import User
from annotator.projects.models import Project
from segmentation.embeddings.sizes import BYTES_A_VALUE
from tests.annotator.conftest import ClientOf
from tests.segmentation.checkpoints.installing import install_files

URL = "/api/v1/segmenters/"

pytestmark = pytest.mark.django_db


def test_bundled_and_installed_ones_are_listed(
    api: ClientOf, stranger: User, segmenters_folder: Path
) -> None:
    install_files(segmenters_folder, "my-sam")
    install_files(segmenters_folder, "waiting", exported=False)
    body = api(stranger).get(URL).json()
    assert body["next"] is None
    rows = {row["name"]: row for row in body["results"]}
    assert list(rows) == ["my-sam", "pocket", "waiting"]
    assert rows["my-sam"] == {
        "name": "my-sam",
        "family": "sam",
        "title": "SAM ViT-B",
        "variant": "vit_b",
        "parameters": 93_735_472,
        "input_size": 1024,
        "embedding_bytes": round(256 * 64 * 64 * BYTES_A_VALUE["int8-2"]),
        "licence": "Apache-2.0",
        "exported": True,
    }
    assert (rows["waiting"]["exported"], rows["waiting"]["embedding_bytes"]) == (False, None)
    assert rows["pocket"]["exported"]
    assert rows["pocket"]["embedding_bytes"] < 600_000


def test_one_that_is_removed_is_gone_and_its_manifest_too(
    api: ClientOf, stranger: User, segmenters_folder: Path
) -> None:
    place = install_files(segmenters_folder, "my-sam")
    client = api(stranger)
    manifest = client.get(f"{URL}my-sam/manifest/").json()
    assert b"".join(client.get(manifest["graphs"]["decode"]["url"])) == b"graph"
    shutil.rmtree(place)
    assert [row["name"] for row in client.get(URL).json()["results"]] == ["pocket"]
    assert client.get(f"{URL}my-sam/manifest/").status_code == 404


@pytest.mark.parametrize("damage", ["manifest", "record", "both"])
def test_a_damaged_one_never_hides_the_others(
    api: ClientOf, stranger: User, segmenters_folder: Path, damage: str
) -> None:
    place = install_files(segmenters_folder, "broken")
    install_files(segmenters_folder, "whole")
    if damage != "record":
        (place / "export" / "manifest.json").write_text("{")
    if damage != "manifest":
        (place / "segmenter.json").write_text("{")
    names = [row["name"] for row in api(stranger).get(URL).json()["results"]]
    assert {"pocket", "whole"} <= set(names)


def test_a_project_cannot_have_one_that_is_not_exported(
    api: ClientOf, manager: User, project: Project, segmenters_folder: Path
) -> None:
    install_files(segmenters_folder, "waiting", exported=False)
    answer = api(manager).patch(f"/api/v1/projects/{project.pk}/", {"segmenter": "waiting"})
    assert (answer.status_code, answer.json()["code"]) == (409, "segmenter_not_exported")
    assert "segmenters export waiting" in answer.json()["message"]


@pytest.mark.parametrize("name", ["../../etc", ".", "", "x" * 101, "POCKET"])
def test_names_that_are_none_are_refused(
    api: ClientOf, manager: User, project: Project, segmenters_folder: Path, name: str
) -> None:
    answer = api(manager).patch(f"/api/v1/projects/{project.pk}/", {"segmenter": name})
    assert answer.status_code == 400
    assert Project.objects.get(pk=project.pk).segmenter == "pocket"


def test_nobody_sees_no_list(api_of_nobody: APIClient) -> None:
    assert api_of_nobody.get(URL).status_code == 401
