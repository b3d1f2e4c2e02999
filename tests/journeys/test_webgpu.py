"""The decoder on WebGPU, here by Chromium's software adapter: the same masks as with WebAssembly."""

from pathlib import Path

from tests.benchmarks.decoder_cases import add_pocket_case
from tests.journeys.conftest import BrowserFactory
from tests.journeys.support.bench_page import WEBGPU_FLAGS, assert_same_masks, bench_site, masks_by


def test_bundled_segmenter_gives_the_same_masks_on_webgpu(
    tmp_path: Path, new_browser: BrowserFactory
) -> None:
    add_pocket_case(tmp_path / "cases" / "pocket")
    with bench_site(tmp_path / "cases") as site:
        by_webassembly = masks_by(new_browser().open("about:blank"), site, "pocket", "wasm1")
        page = new_browser(flags=WEBGPU_FLAGS).open("about:blank")
        assert_same_masks(masks_by(page, site, "pocket", "webgpu"), by_webassembly)
