"""The essential steps in WebKit, Safari's engine: from the sign-in link to the COCO file."""

import base64
import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from tests.fixtures.truth import iou, load_object
from tests.journeys.support.pages import mask_of
from tests.journeys.support.server import Server
from tests.journeys.support.webdriver import Point, Session
from tests.journeys.support.webkit import webkit

# `describe()` and the data- attributes: what programs may read of the page.
WORKSPACE = "document.querySelector('[data-workspace]')"


@pytest.fixture
def session() -> Iterator[Session]:
    with webkit() as session:
        yield session


def button(name: str) -> str:
    return f"//button[@aria-label='{name}' or normalize-space()='{name}']"


def labelled(name: str) -> str:
    return f"//input[@aria-label='{name}' or @id=//label[normalize-space()='{name}']/@for]"


class Workspace:
    """The page where masks are made, through `describe()` and the keyboard."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def expect(self, attribute: str, value: str) -> None:
        self._session.wait_for(
            f"(name, value) => {WORKSPACE}?.getAttribute(name) === value", f"data-{attribute}", value
        )

    def describe(self) -> dict[str, Any]:
        described: dict[str, Any] = self._session.evaluate(f"() => {WORKSPACE}.describe()")
        return described

    def masks(self) -> list[Any]:
        return [mask_of(annotation["rle"]) for annotation in self.describe()["annotations"]]

    def drag(self, *path: Point) -> None:
        """In image points. One is a click."""
        viewport = self.describe()["viewport"]
        x, y = self._session.evaluate(
            f"() => {{ const box = {WORKSPACE}.getBoundingClientRect(); return [box.x, box.y] }}"
        )
        scale, left, top = (viewport[name] for name in ("scale", "offsetX", "offsetY"))
        self._session.drag([(x + px * scale + left, y + py * scale + top) for px, py in path])


@pytest.mark.webkit
def test_webkit_makes_brushes_undoes_keeps_and_exports_a_mask(server: Server, session: Session) -> None:
    coin = load_object("small coin")
    session.open(server.sign_in_link())
    session.click_on(button("New project"))
    session.type_into(labelled("Name"), "In WebKit")
    session.click_on(button("Create project"))
    session.type_into(labelled("New category"), "coin")
    session.click_on(button("Add"))
    session.type_into("//input[@type='file']", str(coin.photo))
    session.click_on(f"//a[@aria-label='{coin.photo.name}']")

    workspace = Workspace(session)
    workspace.expect("embedding-state", "ready")
    workspace.drag(coin.click)
    workspace.expect("candidate-count", "3")
    described = workspace.describe()
    shown = mask_of(described["candidates"][described["chosen"]]["rle"])
    assert iou(shown, coin.mask) > 0.6
    session.press("Enter")
    workspace.expect("annotation-count", "1")
    assert np.array_equal(workspace.masks()[0], shown)

    session.press("b")
    workspace.expect("tool", "brush")
    x, y = (int(value) for value in coin.click)
    workspace.drag((x, y), (x + 30, y), (x + 60, y))
    # Nothing is selected after accepting: what is painted is another annotation.
    workspace.expect("annotation-count", "2")
    assert workspace.masks()[1][y, x + 30]
    session.press("Control", "z")
    workspace.expect("annotation-count", "1")
    workspace.expect("sync-pending", "0")
    workspace.expect("sync-state", "saved")

    image_url = session.evaluate("() => location.href")
    session.open(image_url)
    workspace.expect("annotation-count", "1")
    assert np.array_equal(workspace.masks()[0], shown)

    session.open(image_url.rsplit("/images/", 1)[0])
    session.click_on(button("Export"))
    session.click_on(button("Start export"))
    assert np.array_equal(exported_mask(session), shown)


def exported_mask(session: Session) -> Any:
    """Of the one annotation in the file that the page offers."""
    session.find("//a[normalize-space()='Download']")
    encoded = session.evaluate(
        """async () => {
          const link = [...document.links].find((link) => link.textContent.trim() === "Download");
          const bytes = new Uint8Array(await (await fetch(link.href)).arrayBuffer());
          return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
        }"""
    )
    with zipfile.ZipFile(io.BytesIO(base64.b64decode(encoded))) as archive:
        (annotation,) = json.loads(archive.read("annotations.json"))["annotations"]
    return mask_of(annotation["segmentation"])
