"""The quick layers compute what transformers' layers compute, for grids that windows do and do not divide."""

from __future__ import annotations

import copy

import numpy as np
import pytest
import torch
from torch import nn
from transformers import Sam2HieraDetConfig
from transformers.models.sam.configuration_sam import SamVisionConfig
from transformers.models.sam.modeling_sam import SamVisionEncoder
from transformers.models.sam2.modeling_sam2 import Sam2HieraDetModel

from segmentation.segmenters.torch_runtime import attention
from segmentation.segmenters.torch_runtime.hiera import QuickHieraBlock
from segmentation.segmenters.torch_runtime.quickening import is_quick, quickened
from segmentation.segmenters.torch_runtime.vit import QuickVitLayer
from tests.segmentation.families.seeded_weights import fill_seeded

pytestmark = pytest.mark.more

CPU = torch.device("cpu")
FLOAT32_TOLERANCE = 2e-5  # relative to the largest value
BFLOAT16_TOLERANCE = 0.03  # root mean square of the error, relative to that of the values


@pytest.fixture(scope="module")
def vit() -> nn.Module:
    """Two layers, the second one global; windows of 3 do not divide the 8 x 8 cells."""
    config = SamVisionConfig(
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        image_size=64,
        patch_size=8,
        window_size=3,
        global_attn_indexes=[1],
        mlp_dim=48,
        output_channels=16,
    )
    encoder = SamVisionEncoder(config)
    fill_seeded(encoder)
    return encoder


@pytest.fixture(scope="module")
def hiera() -> nn.Module:
    """Four stages; windows that divide no grid but the first; one global block."""
    config = Sam2HieraDetConfig(
        hidden_size=16,
        num_attention_heads=1,
        blocks_per_stage=[1, 2, 2, 1],
        embed_dim_per_stage=[16, 32, 64, 128],
        num_attention_heads_per_stage=[1, 2, 4, 8],
        window_size_per_stage=[8, 4, 6, 3],
        global_attention_blocks=[4],
        window_positional_embedding_background_size=[7, 7],
        image_size=[64, 64],
    )
    backbone = Sam2HieraDetModel(config)
    fill_seeded(backbone)
    return backbone


@pytest.fixture(scope="module")
def images() -> torch.Tensor:
    return torch.from_numpy(np.random.default_rng(0).normal(size=(2, 3, 64, 64)).astype(np.float32))


def outputs(network: nn.Module, images: torch.Tensor) -> list[torch.Tensor]:
    with torch.inference_mode():
        answered = network(images)
    maps = getattr(answered, "intermediate_hidden_states", None)
    return [answered.last_hidden_state] if maps is None else list(maps)


@pytest.mark.parametrize(("name", "quick"), [("vit", QuickVitLayer), ("hiera", QuickHieraBlock)])
@pytest.mark.parametrize("many_tokens", [1, 10_000])  # in blocks; in the fused kernel
def test_float32_is_equal(
    name: str,
    quick: type,
    many_tokens: int,
    images: torch.Tensor,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(attention, "_MANY_TOKENS", many_tokens)
    monkeypatch.setattr(attention, "_BLOCK_ROWS", 24)
    network = request.getfixturevalue(name)
    exchanged = quickened(copy.deepcopy(network), device=CPU, dtype=torch.float32)
    assert any(isinstance(module, quick) for module in exchanged.modules())
    for expected, computed in zip(outputs(network, images), outputs(exchanged, images), strict=True):
        assert (computed - expected).abs().max() <= FLOAT32_TOLERANCE * expected.abs().max()


@pytest.mark.parametrize("name", ["vit", "hiera"])
def test_bfloat16_is_near(name: str, images: torch.Tensor, request: pytest.FixtureRequest) -> None:
    network = request.getfixturevalue(name)
    exchanged = quickened(copy.deepcopy(network), device=CPU, dtype=torch.bfloat16)
    assert is_quick(exchanged)
    for expected, computed in zip(outputs(network, images), outputs(exchanged, images), strict=True):
        error = (computed.float() - expected).square().mean().sqrt()
        assert error <= BFLOAT16_TOLERANCE * expected.square().mean().sqrt()


def test_positions_as_channels_equal_positions_as_bias() -> None:
    """What a GPU computes, here on the CPU: the same scores without writing a bias."""
    torch.manual_seed(0)
    queries, keys, values = torch.randn(3, 2, 3, 20, 8).unbind(0)
    tables = (torch.randn(4, 4, 8), torch.randn(5, 5, 8))
    rows, columns = attention._position_scores(queries, *tables)
    fused = attention._fused_with_positions(queries, keys, values, rows, columns)
    torch.testing.assert_close(
        fused, attention.attend_with_positions(queries, keys, values, tables), rtol=1e-4, atol=1e-5
    )


def test_each_image_of_a_batch_is_encoded_as_if_alone(vit: nn.Module, images: torch.Tensor) -> None:
    exchanged = quickened(copy.deepcopy(vit), device=CPU, dtype=torch.float32)
    together = outputs(exchanged, images)[0]
    alone = torch.cat([outputs(exchanged, image[None])[0] for image in images])
    torch.testing.assert_close(together, alone, rtol=1e-4, atol=1e-5)
