"""What an annotation has besides its mask: attributes, a lock, a place in the drawing order, own pixels."""

import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Locator, expect

from tests.fixtures.truth import load_object
from tests.journeys.support.browser import Browser
from tests.journeys.support.pages import ProjectPage, Workspace, mask_of
from tests.journeys.support.server import Server

SMALL, BIG, TOP = load_object("small coin"), load_object("big coin"), load_object("top coin")


@pytest.fixture
def project(server: Server, browser: Browser) -> ProjectPage:
    project = ProjectPage.create(browser.open(server.sign_in_link()), "Coins", categories=["coin", "medal"])
    project.upload(SMALL.photo)
    return project


def _rows(workspace: Workspace) -> Locator:
    return workspace.page.get_by_role("list", name="Annotations").locator("[data-row]")


def _exported(project: ProjectPage, folder: Path) -> list[dict[str, Any]]:
    with zipfile.ZipFile(project.export(folder)) as archive:
        annotations: list[dict[str, Any]] = json.loads(archive.read("annotations.json"))["annotations"]
    return annotations


def test_attributes_go_from_the_manager_to_the_annotator_to_the_export(
    project: ProjectPage, tmp_path: Path
) -> None:
    page = project.page
    page.get_by_role("button", name="Attributes of coin").click()
    dialog = page.get_by_role("dialog", name="Attributes of coin")
    dialog.get_by_role("button", name="Add an attribute").click()
    dialog.get_by_label("Name").fill("side")
    dialog.get_by_label("Kind").select_option("Choice")
    dialog.get_by_label("Required").check()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_text("Name at least one option.")).to_be_visible()
    dialog.get_by_label("Options, one a line").fill("head\ntail")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()

    workspace = project.open_image(SMALL.photo.name)
    workspace.annotate(*SMALL.click)
    expect(page.get_by_text("1 annotation lacks a required attribute.")).to_be_visible()
    page.keyboard.press("Shift+N")
    form = page.get_by_role("region", name="Attributes")
    expect(form).to_contain_text("1 missing")
    form.get_by_label("side").select_option("tail")
    expect(form).not_to_contain_text("missing")
    workspace.wait_until_saved()
    (exported,) = _exported(workspace.back_to_project(), tmp_path)
    assert exported["attributes"] == {"side": "tail"}


def test_a_locked_annotation_is_neither_deleted_nor_given_another_category(project: ProjectPage) -> None:
    workspace = project.open_image(SMALL.photo.name)
    workspace.annotate(*SMALL.click)
    keyboard = workspace.page.keyboard
    _rows(workspace).first.click()
    keyboard.press("Shift+L")
    keyboard.press("Delete")
    expect(
        workspace.page.get_by_text("A locked annotation was left as it is. Unlock it first.")
    ).to_be_visible()
    keyboard.press("2")
    expect(_rows(workspace).first).to_contain_text("coin")
    assert workspace.annotation_count() == 1
    workspace.page.get_by_role("button", name="Unlock this annotation").click()
    keyboard.press("Delete")
    workspace.wait_for_annotations(0)


def test_rows_are_dragged_to_another_place_in_the_drawing_order(project: ProjectPage, tmp_path: Path) -> None:
    workspace = project.open_image(SMALL.photo.name)
    for coin in (SMALL, BIG, TOP):
        workspace.annotate(*coin.click)
    drawn = [one["id"] for one in workspace.describe()["annotations"]]
    # The newest lies on top and stands first: it goes below the two others.
    first, last = _rows(workspace).first.bounding_box(), _rows(workspace).last.bounding_box()
    assert first is not None
    assert last is not None
    mouse = workspace.page.mouse
    mouse.move(first["x"] + 50, first["y"] + 20)
    mouse.down()
    mouse.move(last["x"] + 50, last["y"] + last["height"] - 2, steps=8)
    mouse.up()
    moved = [drawn[2], drawn[0], drawn[1]]
    assert [one["id"] for one in workspace.describe()["annotations"]] == moved
    workspace.page.keyboard.press("Control+z")
    assert [one["id"] for one in workspace.describe()["annotations"]] == drawn
    workspace.page.keyboard.press("Control+y")
    workspace.wait_until_saved()
    assert [one["uuid"] for one in _exported(workspace.back_to_project(), tmp_path)] == moved


def test_masks_that_may_not_overlap_are_apart_on_the_screen_and_in_the_export(
    project: ProjectPage, tmp_path: Path
) -> None:
    page = project.page
    with page.expect_response(lambda answer: answer.request.method == "PATCH") as answer:
        page.get_by_label("Overlaps").last.select_option("take")
    assert answer.value.ok
    workspace = project.open_image(SMALL.photo.name)
    workspace.annotate(*SMALL.click)
    coin = workspace.annotation_masks()[0]
    # A brush stroke through the middle of the coin, as an annotation of its own.
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    (x, y) = SMALL.click
    page.mouse.move(*workspace.screen_point(x - 30, y))
    page.mouse.down()
    page.mouse.move(*workspace.screen_point(x + 30, y), steps=8)
    page.mouse.up()
    workspace.wait_for_annotations(2)
    shown = workspace.annotation_masks()
    assert not (shown[0] & shown[1]).any()
    assert np.array_equal(shown[0] | (coin & shown[1]), coin)
    assert shown[0].sum() < coin.sum()
    workspace.wait_until_saved()
    exported = _exported(workspace.back_to_project(), tmp_path)
    for mask, annotation in zip(shown, exported, strict=True):
        assert np.array_equal(mask_of(annotation["segmentation"]), mask)
