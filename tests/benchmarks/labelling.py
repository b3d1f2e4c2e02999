"""Photos labelled in Chromium as an annotator would: seconds and IoU of each mask.

Needs the photos of COCO: MASKWRIGHT_SHARED_DATA. `--photos 12:24 --first click` for others, and by clicks.

masks, photos, masks_per_photo
iou_mean, iou_median      against the outlines of COCO
iou_085, iou_090          shares of masks that reach .85 and .90
seconds_per_mask          what a person takes (labelling_clock.py) and what the page lets them wait
system_seconds_per_mask   the latter alone
human_seconds_per_mask    the former alone; `human_s` says what it goes into
mask_ms_..., accept_ms_..., stroke_ms_..., next_image_ms_...    waits: medians and 95th percentiles
candidates_ms_...         until the other candidates are there: people look at the mask meanwhile
did                       what was needed, for all masks
"""

import argparse
import json
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Page, sync_playwright

from tests.benchmarks.labelling_clock import Clock
from tests.benchmarks.labelling_person import First, Labeller
from tests.benchmarks.labelling_truth import Photo, read_photos
from tests.journeys.support.backends import fresh_backends
from tests.journeys.support.browser import Browser
from tests.journeys.support.pages import ProjectPage
from tests.journeys.support.server import Server

PHOTOS = slice(0, 24)
TIMEOUT_MS = 60_000

Figures = dict[str, Any]


def measure(photos: slice = PHOTOS, first: First = "box", pictures: Path | None = None) -> Figures:
    """`pictures`: a folder for a screenshot of each photo when it is done."""
    chosen = read_photos(photos.start, photos.stop)
    with (
        tempfile.TemporaryDirectory(prefix="maskwright-labelling-") as name,
        fresh_backends() as env,
        sync_playwright() as playwright,
    ):
        server = Server(Path(name) / "data", env=env)
        try:
            with Browser(playwright, Path(name) / "profile") as browser:
                page = browser.open(server.start())
                page.set_default_timeout(TIMEOUT_MS)
                return label_photos(page, chosen, first, pictures)
        finally:
            server.stop()


def label_photos(page: Page, photos: list[Photo], first: First, pictures: Path | None) -> Figures:
    project = ProjectPage.create(page, "Labelling", categories=by_frequency(photos))
    for photo in photos:  # one after the other: that is their order in the project
        project.upload(photo.path)
    clock = Clock()
    person = Labeller(page, clock, first)
    reached: list[float] = []
    for at, photo in enumerate(photos):
        if at == 0:
            project.open_image(photo.path.name)
        else:
            go_to_next(person, clock)
        for thing in photo.things:
            reached.append(person.label(thing))
            sys.stderr.write(f"{photo.path.name} {thing.category} {reached[-1]:.2f}\n")
        if pictures is not None:
            page.screenshot(path=pictures / f"{photo.path.stem}.png")
    person.workspace.wait_until_saved()
    return figures(clock, reached, len(photos), dict(person.did))


def by_frequency(photos: list[Photo]) -> list[str]:
    """The first nine have keys."""
    names = [thing.category for photo in photos for thing in photo.things]
    return sorted(set(names), key=lambda name: (-names.count(name), name))


def go_to_next(person: Labeller, clock: Clock) -> None:
    image = person.workspace.canvas.get_attribute("data-image-id")
    ready = "dataset.imageState === 'ready' && dataset.embeddingState === 'ready' && dataset.drawn === 'true'"
    clock.keys()
    until = f"dataset.imageId !== '{image}' && {ready}"
    clock.wait(person.page, "next_image", lambda: person.page.keyboard.press("d"), until)


def figures(clock: Clock, reached: list[float], photos: int, did: dict[str, int]) -> Figures:
    # The other candidates arrive while the person looks at the mask: they are not waited for.
    system_s = clock.total_waits_s - sum(clock.waits_ms.get("candidates", [])) / 1000
    values = np.asarray(reached)
    return {
        "masks": len(reached),
        "photos": photos,
        "masks_per_photo": round(len(reached) / photos, 1),
        "iou_mean": round(float(values.mean()), 3),
        "iou_median": round(float(np.median(values)), 3),
        "iou_085": round(float((values >= 0.85).mean()), 3),
        "iou_090": round(float((values >= 0.90).mean()), 3),
        "seconds_per_mask": round((system_s + clock.total_human_s) / len(reached), 2),
        "system_seconds_per_mask": round(system_s / len(reached), 3),
        "human_seconds_per_mask": round(clock.total_human_s / len(reached), 2),
        "human_s": {what: round(seconds / len(reached), 2) for what, seconds in clock.human_s.items()},
        **waits(clock),
        "did": did,
    }


def waits(clock: Clock) -> Figures:
    return {
        key: value
        for what, times in sorted(clock.waits_ms.items())
        for key, value in (
            (f"{what}_ms_median", round(statistics.median(times))),
            (f"{what}_ms_p95", round(float(np.percentile(times, 95)))),
        )
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Labels photos as an annotator would.")
    parser.add_argument("--photos", default="0:24", help="which of the held-back photos: FIRST:LAST")
    parser.add_argument(
        "--first", choices=["box", "click"], default="box", help="the first prompt for each thing"
    )
    parser.add_argument("--pictures", type=Path, help="a folder for screenshots")
    asked = parser.parse_args()
    first, last = map(int, asked.photos.split(":"))
    print(json.dumps(measure(slice(first, last), asked.first, asked.pictures)))


if __name__ == "__main__":
    main()
