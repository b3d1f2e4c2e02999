"""Published segmenters' decoders on WebGPU, with seeded random weights of the official sizes. Needs torch."""

from pathlib import Path

import pytest

from segmentation.segmenters.families import load_network
from tests.benchmarks.decoder_cases import add_random_case
from tests.benchmarks.decoder_exports import export_decoder, region_weights
from tests.journeys.conftest import BrowserFactory
from tests.journeys.support.bench_page import WEBGPU_FLAGS, assert_same_masks, bench_site, masks_by
from tests.segmentation.families.golden import read_golden
from tests.segmentation.families.seeded_weights import save_published

pytestmark = pytest.mark.more


@pytest.mark.parametrize(
    ("family", "golden", "under"),
    [("sam", "sam_vit_b_2_blocks", None), ("sam2", "sam2.1_hiera_tiny", "model")],
)
def test_published_decoder_gives_the_same_masks_on_webgpu(
    family: str, golden: str, under: str | None, tmp_path: Path, new_browser: BrowserFactory
) -> None:
    folder = tmp_path / "cases" / family
    folder.mkdir(parents=True)
    weights = region_weights(read_golden(golden).shapes)
    checkpoint = save_published(weights, folder / "checkpoint.pt", under=under)
    export_decoder(load_network(family, checkpoint), checkpoint)
    add_random_case(folder, with_baseline=False)
    with bench_site(tmp_path / "cases") as site:
        by_webassembly = masks_by(new_browser().open("about:blank"), site, family, "wasm1")
        page = new_browser(flags=WEBGPU_FLAGS).open("about:blank")
        assert_same_masks(masks_by(page, site, family, "webgpu"), by_webassembly)
