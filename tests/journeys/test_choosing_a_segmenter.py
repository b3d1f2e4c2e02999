"""A manager changes the project's segmenter while an annotator works; unsure masks are found by score."""

import json
import re
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from segmentation.checkpoints.installed import InstalledRecord, write_record
from segmentation.registry import get_spec
from tests.fixtures.truth import load_object
from tests.journeys.support.browser import Browser
from tests.journeys.support.pages import EMBEDDING_TIMEOUT_MS, ProjectPage
from tests.journeys.support.server import Server

SECOND = "second-pocket"


def install_second_segmenter(data_dir: Path) -> None:
    """The bundled network under another name, as `manage.py segmenters` leaves one."""
    folder = data_dir / "segmenters" / SECOND
    shutil.copytree(get_spec("pocket").manifest_path.parent, folder / "export")
    path = folder / "export" / "manifest.json"
    manifest = json.loads(path.read_text())
    path.write_text(json.dumps({**manifest, "segmenter": SECOND}))
    record = InstalledRecord(
        name=SECOND,
        family="pocket",
        title="Pocket, once more",
        variant=None,
        origin="a copy",
        licence="Apache-2.0",
        checkpoint_sha256=manifest["checkpoint_sha256"],
        checkpoint_bytes=0,
        parameters=manifest["parameters"],
        input_size=448,
    )
    write_record(folder, record)


def stored_provenances(page: Page) -> list[dict[str, Any]]:
    """Of the masks of the open image or project, the first one first, as the server has them."""
    address = urlsplit(page.url)
    path = re.sub(r"^/projects/\d+/images/", "/images/", address.path).rstrip("/")
    answer = page.request.get(f"{address.scheme}://{address.netloc}/api/v1{path}/annotations/").json()
    return [row["provenance"] for row in answer["results"]]


def test_segmenter_is_changed_while_somebody_annotates(fresh_server: Server, browser: Browser) -> None:
    coin = load_object("small coin")
    annotators = browser.open(fresh_server.start())
    project = ProjectPage.create(annotators, "Coins", categories=["coin"])
    project.upload(coin.photo)
    project_url = annotators.url
    workspace = project.open_image(coin.photo.name)
    workspace.annotate(*coin.click)
    workspace.wait_until_saved()

    install_second_segmenter(fresh_server.data_dir)
    managers = browser.open(project_url)
    managers.get_by_role("button", name="Change").click()
    managers.get_by_role("radio", name="Pocket, once more").check()
    managers.get_by_role("button", name="Use this segmenter").click()
    # The dialog, which names the segmenter too, is a part of the section until the server has answered.
    expect(managers.get_by_role("dialog")).to_have_count(0)
    section = managers.get_by_role("region", name="Segmenter")
    expect(section.get_by_text("Pocket, once more")).to_be_visible()
    expect(section.get_by_text("images ready")).to_have_count(0, timeout=EMBEDDING_TIMEOUT_MS)

    # The page that was open all the time goes on.
    annotators.bring_to_front()
    workspace.annotate(coin.click[0] - 60, coin.click[1])
    workspace.wait_until_saved()
    annotators.reload()
    workspace.wait_until_ready()
    workspace.annotate(coin.click[0] - 120, coin.click[1])
    workspace.wait_until_saved()
    made_by = [provenance["segmenter"] for provenance in stored_provenances(annotators)]
    assert (made_by[0], made_by[-1], len(made_by)) == ("pocket", SECOND, 3)


def test_unsure_masks_are_found_in_the_image_and_in_the_project(server: Server, browser: Browser) -> None:
    coin = load_object("small coin")
    page = browser.open(server.sign_in_link())
    project = ProjectPage.create(page, "Unsure", categories=["coin"])
    project.upload(coin.photo)
    workspace = project.open_image(coin.photo.name)
    workspace.annotate(*coin.click)
    workspace.wait_until_saved()
    described = workspace.describe()["annotations"]
    assert len(described) == 1

    annotations = page.get_by_role("list", name="Annotations").get_by_role("listitem")
    page.get_by_role("button", name="Filter by category, source and score").click()
    at_most = page.get_by_role("slider", name="Predicted IoU at most")
    at_most.fill("1")
    expect(annotations).to_have_count(1)
    at_most.fill("0")
    expect(annotations).to_have_count(0)
    expect(page.get_by_text("No annotation is like that.")).to_be_visible()

    workspace.back_to_project()
    certainty = page.get_by_label("Least sure mask of the image, by predicted IoU")
    certainty.select_option(label="A mask ≤ 0.9 IoU")
    (provenance,) = stored_provenances(page)
    expected = int(provenance["predicted_iou"] <= 0.9)
    expect(page.get_by_text(f"{expected} found")).to_be_visible()
