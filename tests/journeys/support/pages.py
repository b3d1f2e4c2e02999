"""The pages in words: what a person does and sees. By accessible names, and the workspace's `describe()`."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pycocotools.mask
from playwright.sync_api import Locator, Page, expect

from tests.fixtures.truth import Mask

# A first click waits for the embedding, on a machine that may be busy with other tests.
EMBEDDING_TIMEOUT_MS = 60_000


def mask_of(rle: dict[str, Any]) -> Mask:
    """Decoded by pycocotools, not by our own code."""
    decoded: Mask = pycocotools.mask.decode({**rle, "counts": rle["counts"].encode()}).astype(np.bool_)
    return decoded


class ProjectPage:
    """The images of a project."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @classmethod
    def create(cls, page: Page, name: str, *, categories: Sequence[str] = ("thing",)) -> "ProjectPage":
        """From the list of projects."""
        page.get_by_role("button", name="New project").first.click()
        page.get_by_label("Name").press_sequentially(name)
        page.get_by_role("button", name="Create project").click()
        page.wait_for_url("**/projects/*")
        project = cls(page)
        for category in categories:
            project.add_category(category)
        return project

    def add_category(self, name: str) -> None:
        panel = self.page.get_by_role("complementary", name="Categories")
        panel.get_by_label("New category").press_sequentially(name)
        panel.get_by_role("button", name="Add").click()
        expect(panel.get_by_label("New category")).to_have_value("")

    def upload(self, *files: Path) -> Locator:
        """Through the file picker. Returns the panel that tells what became of each file, once it is done."""
        panel = self.page.get_by_role("region", name="Uploads")
        if panel.is_visible():  # of an earlier upload
            panel.get_by_role("button", name="Close").click()
        self.page.get_by_label("Images to upload").first.set_input_files(list(files))
        expect(panel.get_by_role("button", name="Close")).to_be_visible()
        return panel

    def open_image(self, filename: str) -> "Workspace":
        self.page.get_by_role("link", name=filename, exact=True).first.click()
        workspace = Workspace(self.page)
        workspace.wait_until_ready()
        return workspace

    def export(self, folder: Path) -> Path:
        """Through the button. Returns the zip file that the browser downloaded."""
        self.page.get_by_role("button", name="Export").click()
        self.page.get_by_role("button", name="Start export").click()
        with self.page.expect_download() as download:
            self.page.get_by_role("link", name="Download").click()
        file = folder / "export.zip"
        download.value.save_as(file)
        self.page.get_by_role("button", name="Close").first.click()
        return file


class Workspace:
    """One image with its masks."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.canvas = page.locator("[data-workspace]")

    def wait_until_ready(self) -> None:
        """Until clicks are answered at once."""
        self._expect("image-state", "ready")
        self._expect("embedding-state", "ready", timeout=EMBEDDING_TIMEOUT_MS)

    def describe(self) -> dict[str, Any]:
        """What it shows: see frontend/src/editor/describe.ts."""
        described: dict[str, Any] = self.canvas.evaluate("element => element.describe()")
        return described

    def screen_point(self, x: float, y: float) -> tuple[float, float]:
        """CSS pixels in the window, of an image point."""
        viewport, corner = self.describe()["viewport"], self.canvas.bounding_box()
        assert corner is not None
        return (
            corner["x"] + x * viewport["scale"] + viewport["offsetX"],
            corner["y"] + y * viewport["scale"] + viewport["offsetY"],
        )

    def click(
        self,
        x: float,
        y: float,
        *,
        label: Literal["foreground", "background"] = "foreground",
        add: bool = False,
    ) -> None:
        """Clicks on an image point like a person, and waits for the mask.

        `add` holds Shift: a point is added even where a click would move or remove another one.
        """
        count = len(self.describe()["points"])
        button: Literal["left", "right"] = "left" if label == "foreground" else "right"
        if add:
            self.page.keyboard.down("Shift")
        self.page.mouse.click(*self.screen_point(x, y), button=button)
        if add:
            self.page.keyboard.up("Shift")
        self.page.wait_for_function(
            "count => document.querySelector('[data-workspace]').describe().points.length > count", arg=count
        )
        self.wait_for_candidates()

    def drag_box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A box prompt in image points."""
        self.page.mouse.move(*self.screen_point(x0, y0))
        self.page.mouse.down()
        self.page.mouse.move(*self.screen_point((x0 + x1) / 2, (y0 + y1) / 2), steps=4)
        self.page.mouse.move(*self.screen_point(x1, y1), steps=4)
        self.page.mouse.up()
        self.page.wait_for_function(
            "() => document.querySelector('[data-workspace]').describe().box !== null"
        )
        self.wait_for_candidates()

    def wait_for_candidates(self) -> None:
        self._expect("decoding", "false")
        expect(self.canvas).not_to_have_attribute("data-candidate-count", "0")

    def candidate_mask(self) -> Mask:
        """The chosen candidate as the page shows it."""
        described = self.describe()
        return mask_of(described["candidates"][described["chosen"]]["rle"])

    def accept(self) -> None:
        """Enter, until the list shows one more annotation."""
        before = self.annotation_count()
        self.page.keyboard.press("Enter")
        self.wait_for_annotations(before + 1)

    def annotate(self, x: float, y: float) -> Mask:
        """Click and accept. Returns the mask as accepted."""
        self.click(x, y)
        self.accept()
        return self.annotation_masks()[-1]

    def annotation_count(self) -> int:
        return int(self.canvas.get_attribute("data-annotation-count") or 0)

    def wait_for_annotations(self, count: int) -> None:
        self._expect("annotation-count", str(count))

    def annotation_masks(self) -> list[Mask]:
        """In drawing order."""
        return [mask_of(annotation["rle"]) for annotation in self.describe()["annotations"]]

    def wait_until_saved(self) -> None:
        """Until the server has everything."""
        self._expect("sync-pending", "0", timeout=EMBEDDING_TIMEOUT_MS)
        self._expect("sync-state", "saved")

    def back_to_project(self) -> ProjectPage:
        self.page.goto(re.sub(r"/images/\d+.*", "", self.page.url))
        return ProjectPage(self.page)

    def back_to_project_by_link(self) -> ProjectPage:
        """As a person leaves an image; `back_to_project` loads another page."""
        self.page.get_by_role("link", name=re.compile("^Back to ")).first.click()
        self.page.wait_for_url(re.compile(r"/projects/\d+$"))
        return ProjectPage(self.page)

    def _expect(self, attribute: str, value: str, *, timeout: float | None = None) -> None:
        expect(self.canvas).to_have_attribute(f"data-{attribute}", value, timeout=timeout)
