"""Images through a small network: sizes, order, padding, memory; the same as one after the other."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from segmentation.segmenters.manifest import InputRule, Pixels
from segmentation.segmenters.preprocessing import encoder_input
from segmentation.segmenters.promptable import EmbeddingTensor, PromptableNetwork
from segmentation.segmenters.torch_runtime.encoder import TorchEncoder
from segmentation.segmenters.torch_runtime.placement import DeviceUnavailable, Placement, choose_placement
from segmentation.segmenters.torch_runtime.transfers import resized_on_device

pytestmark = pytest.mark.more

FLOAT32 = Placement(torch.device("cpu"), torch.float32)
MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
RULES = {
    "padded": InputRule("longest_side", 32, pixels=Pixels(32, 32, MEAN, STD, "pillow")),
    "stretched": InputRule("stretch", 32, pixels=Pixels(32, None, MEAN, STD, "antialias")),
    "plain": InputRule("stretch", 32, pixels=Pixels(32, None, MEAN, STD, "plain")),
}


class Means(nn.Module):
    """Two tensors, of block means; refuses more than `room` images, as a full GPU does."""

    def __init__(self, room: int = 100) -> None:
        super().__init__()
        self.room = room
        self.sizes: list[int] = []

    def forward(self, pixels: Tensor) -> tuple[Tensor, Tensor]:
        self.sizes.append(len(pixels))
        if len(pixels) > self.room:
            raise torch.OutOfMemoryError("tried to allocate 20 GiB")
        return nn.functional.avg_pool2d(pixels, 4), nn.functional.avg_pool2d(pixels, 2)


def network(rule: InputRule, encoder: nn.Module) -> PromptableNetwork:
    tensors = (
        EmbeddingTensor("image_embedding", (1, 3, 8, 8)),
        EmbeddingTensor("high_res_0", (1, 3, 16, 16)),
    )
    return PromptableNetwork("small", "small", rule, tensors, encoder, nn.Identity(), "sam")


@pytest.fixture
def images() -> list[NDArray[np.uint8]]:
    rng = np.random.default_rng(1)
    sizes = [(40, 60), (60, 40), (32, 32), (3, 5), (50, 50)]
    return [rng.integers(0, 256, (*hw, 3)).astype(np.uint8) for hw in sizes]


@pytest.mark.parametrize("name", RULES)
def test_embeddings_are_of_the_pixels_that_the_rule_names(name: str, images: list[NDArray[np.uint8]]) -> None:
    rule = RULES[name]
    encoder = TorchEncoder(network(rule, Means()), FLOAT32, batch_size=3)
    embeddings = encoder.encode([encoder.prepare(image) for image in images])
    for image, embedding in zip(images, embeddings, strict=True):
        pixels = torch.from_numpy(encoder_input(image, rule))
        assert embedding.original_hw == image.shape[:2]
        expected = nn.functional.avg_pool2d(pixels, 4).numpy()
        np.testing.assert_allclose(embedding.tensors["image_embedding"], expected, atol=1e-5)
        assert embedding.tensors["high_res_0"].shape == (1, 3, 16, 16)


def test_full_memory_halves_the_batch_and_loses_nothing(images: list[NDArray[np.uint8]]) -> None:
    module = Means(room=1)
    encoder = TorchEncoder(network(RULES["padded"], module), FLOAT32, batch_size=4)
    embeddings = encoder.encode([encoder.prepare(image) for image in images])
    assert [embedding.original_hw for embedding in embeddings] == [image.shape[:2] for image in images]
    assert module.sizes == [4, 2, 1, 1, 1, 1, 1]
    assert encoder.batch_size == 1


@pytest.mark.parametrize("name", ["stretched", "plain"])
def test_filters_on_the_device_are_those_of_the_rule(name: str, images: list[NDArray[np.uint8]]) -> None:
    """What a GPU resizes itself, here on the CPU."""
    rule = RULES[name]
    assert rule.pixels is not None
    for image in images:
        resized = resized_on_device(torch.from_numpy(image), (32, 32), rule.pixels)
        planes = (resized / 255 - torch.tensor(MEAN)) / torch.tensor(STD)
        expected = encoder_input(image, rule)[0].transpose(1, 2, 0)
        np.testing.assert_allclose(planes.numpy(), expected, atol=2e-5)


@pytest.mark.parametrize("wanted", ["cuda:7", "quantum", "meta"])
def test_a_device_that_is_not_there_is_refused_with_what_to_do(wanted: str) -> None:
    with pytest.raises(DeviceUnavailable, match="MASKWRIGHT_DEVICE"):
        choose_placement(wanted)


def test_the_cpu_can_be_asked_for() -> None:
    assert choose_placement("cpu").device.type == "cpu"
