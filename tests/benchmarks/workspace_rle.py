"""COCO RLE of masks of 12 million pixels in Chromium's worker, beside pycocotools in C.

rle_encode_ms, rle_decode_ms    pixels to compressed string, and back into memory that is used again, in the
                                worker; of the slowest mask
rle_decode_coco_ms              pycocotools.mask.decode
rle_encode_coco_ms              pycocotools.mask.encode of pixels that lie row after row, as people have them
rle_encode_coco_fortran_ms      the same without the copy to column-major order that it needs first
rle_masks                       all of these for each mask, with how many runs it has

Medians of `RUNS`. Fails where a string differs from that of pycocotools by a single character.

    .venv/bin/python -m tests.benchmarks.workspace_rle
"""

import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Page, sync_playwright
from pycocotools import mask as coco_mask

from tests.benchmarks.isolated_site import IsolatedSite
from tests.benchmarks.pages import ask
from tests.journeys.support.browser import Browser
from tools.paths import ROOT

HEIGHT, WIDTH = 3000, 4000
RUNS = 15
SEED = 20261121

Mask = NDArray[np.uint8]  # (HEIGHT, WIDTH), 0 or 1


def measure() -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="maskwright-bench-") as name, sync_playwright() as playwright:
        folder = Path(name)
        folders = {"/static/app": ROOT / "static" / "app", "/masks": folder}
        with IsolatedSite(folders) as site, Browser(playwright, folder / "profile") as browser:
            page = browser.open("about:blank")
            found = {}
            for case, mask in masks().items():
                (folder / f"{case}.bin").write_bytes(mask.tobytes())
                found[case] = measure_mask(page, f"{site.url}/static/app", case, mask)
    slowest = {
        key: max(figures[key] for figures in found.values())
        for key in next(iter(found.values()))
        if key != "runs"
    }
    return {**slowest, "rle_masks": found}


def masks() -> dict[str, Mask]:
    """One large object; many ragged ones; specks that a noisy segmenter leaves."""
    return {
        "large": above(noise_field(cell=800), 0.5),
        "ragged": above(noise_field(cell=200) + 0.05 * noise_field(cell=6), 0.55),
        "specks": above(noise_field(cell=24), 0.86),
    }


def noise_field(cell: int) -> NDArray[np.float32]:
    """Smooth noise from 0 to 1 whose bumps are about `cell` pixels wide."""
    rng = np.random.default_rng(SEED + cell)
    coarse = rng.random((HEIGHT // cell + 2, WIDTH // cell + 2), np.float32)
    return cv2.resize(coarse, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC).astype(np.float32)


def above(field: NDArray[np.float32], threshold: float) -> Mask:
    return (field > threshold).astype(np.uint8)


def measure_mask(page: Page, app_url: str, case: str, mask: Mask) -> dict[str, float]:
    columns = np.asfortranarray(mask)
    truth = coco_mask.encode(columns)
    query = f"mask=/masks/{case}.bin&height={HEIGHT}&width={WIDTH}&runs={RUNS}"
    ours = ask(page, f"{app_url}/bench-rle.html?{query}")
    if ours["counts"] != truth["counts"].decode() or not ours["is_same"]:
        raise AssertionError(f"The RLE of the mask {case!r} is not that of pycocotools")
    return {
        "runs": int((np.diff(columns.ravel(order="F")) != 0).sum()) + 1,
        "rle_encode_ms": round(ours["encode_ms"], 1),
        "rle_decode_ms": round(ours["decode_ms"], 1),
        "rle_encode_coco_ms": median_ms(lambda: coco_mask.encode(np.asfortranarray(mask))),
        "rle_encode_coco_fortran_ms": median_ms(lambda: coco_mask.encode(columns)),
        "rle_decode_coco_ms": median_ms(lambda: coco_mask.decode(truth)),
    }


def median_ms(work: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return round(statistics.median(times), 1)


if __name__ == "__main__":
    print(json.dumps(measure()))
