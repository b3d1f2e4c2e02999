"""A published segmenter's decoder on WebGPU, with seeded random weights. Needs torch."""

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


# SAM for pictures of 256 pixels: in software, its decoder for 1,024 takes a minute for each click.
SIDES = {
    "image_encoder.pos_embed": (1, 16, 16, 768),
    "image_encoder.blocks.1.attn.rel_pos_h": (31, 64),
    "image_encoder.blocks.1.attn.rel_pos_w": (31, 64),
}


def test_sam_decoder_gives_the_same_masks_on_webgpu(tmp_path: Path, new_browser: BrowserFactory) -> None:
    folder = tmp_path / "cases" / "sam"
    folder.mkdir(parents=True)
    weights = region_weights({**read_golden("sam_vit_b_2_blocks").shapes, **SIDES})
    checkpoint = save_published(weights, folder / "checkpoint.pt")
    export_decoder(load_network("sam", checkpoint), checkpoint)
    add_random_case(folder, with_baseline=False)
    with bench_site(tmp_path / "cases") as site:
        by_webassembly = masks_by(new_browser().open("about:blank"), site, "sam", "wasm1")
        page = new_browser(flags=WEBGPU_FLAGS).open("about:blank")
        assert_same_masks(masks_by(page, site, "sam", "webgpu"), by_webassembly)
