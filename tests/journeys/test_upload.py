"""Files as they come: good ones are taken, each bad one gets its own sentence."""

import struct
import zlib
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.fixtures.truth import PHOTOS
from tests.journeys.support.browser import Browser
from tests.journeys.support.pages import ProjectPage
from tests.journeys.support.server import Server

REFUSED = "Failed to load resource: the server responded with a status of 4"


@pytest.fixture
def project(server: Server, browser: Browser) -> ProjectPage:
    return ProjectPage.create(browser.open(server.sign_in_link()), "Files")


def truncated_jpeg(folder: Path) -> Path:
    whole = (PHOTOS / "rocket.jpg").read_bytes()
    file = folder / "truncated.jpg"
    file.write_bytes(whole[: len(whole) // 3])
    return file


def wide_png(folder: Path) -> Path:
    """65,535 pixels wide and high: 190 kB of bytes, 4.3 thousand million pixels."""
    side = 65_535

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * (side // 8 + 2) * 4000, 9)
    file = folder / "wide.png"
    file.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )
    return file


def text_named_jpg(folder: Path) -> Path:
    file = folder / "notes.jpg"
    file.write_text("This is a shopping list.\n")
    return file


def test_bad_files_get_a_sentence_each_and_do_not_stop_the_good_one(
    project: ProjectPage, browser: Browser, tmp_path: Path
) -> None:
    browser.expected_complaints.append(REFUSED)
    bad = [make(tmp_path) for make in (truncated_jpeg, wide_png, text_named_jpg)]
    panel = project.upload(*bad, PHOTOS / "coffee.jpg")

    expect(panel.get_by_role("status")).to_have_text("1 image added, 3 failed")
    sentences = set()
    for file in bad:
        row = panel.get_by_role("listitem").filter(has_text=file.name)
        sentence = row.inner_text().split("\n")[-1]
        assert sentence.endswith("."), sentence
        assert len(sentence.split()) > 4, sentence
        sentences.add(sentence)
    assert len(sentences) == 3, sentences
    images = project.page.get_by_role("region", name="Images")
    expect(images.get_by_role("article")).to_have_count(1)


def test_the_same_photo_twice_is_found(project: ProjectPage, tmp_path: Path) -> None:
    photo = PHOTOS / "coffee.jpg"
    project.upload(photo)
    renamed = tmp_path / "coffee-copy.jpg"
    renamed.write_bytes(photo.read_bytes())
    panel = project.upload(renamed)
    row = panel.get_by_role("listitem").filter(has_text=renamed.name)
    expect(row).to_contain_text("Already in this project as coffee.jpg")


def test_dropped_files_are_uploaded(project: ProjectPage) -> None:
    photo = PHOTOS / "coffee.jpg"
    transfer = project.page.evaluate_handle(
        """bytes => {
            const transfer = new DataTransfer();
            transfer.items.add(new File([new Uint8Array(bytes)], "dropped.jpg", { type: "image/jpeg" }));
            return transfer;
        }""",
        list(photo.read_bytes()),
    )
    for kind in ("dragenter", "dragover", "drop"):
        project.page.dispatch_event("main", kind, {"dataTransfer": transfer})
    expect(project.page.get_by_role("link", name="dropped.jpg")).to_be_visible()
