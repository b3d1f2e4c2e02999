"""Outputs of a network by name, and how far those of another implementation are from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from segmentation.segmenters.preprocessing import encoder_input, input_hw
from segmentation.segmenters.promptable import PromptableNetwork
from tests.segmentation.families.prompts import PROMPTS, PromptCase

# Largest absolute difference allowed, as a part of the largest magnitude of the official output: fp32 sums
# of up to some thousand products in another order, through the depth of an encoder.
TOLERANCE = 1e-4

Outputs = dict[str, NDArray[np.float32]]

# How the four mask tokens become one mask where a caller asks for a single one: (logits, scores) of all
# tokens (1, T, h, w) and (1, T) to the one (1, 1, h, w) and (1, 1).
SingleMask = Callable[[Tensor, Tensor], tuple[Tensor, Tensor]]


def first_token(logits: Tensor, scores: Tensor) -> tuple[Tensor, Tensor]:
    return logits[:, :1], scores[:, :1]


def stable_or_best(delta: float, threshold: float) -> SingleMask:
    """SAM 2's rule: the first token's mask where its stability reaches the threshold, else the best other.

    Stability is the IoU of the masks at +-delta, and 1 where both are empty.
    """

    def single_mask(logits: Tensor, scores: Tensor) -> tuple[Tensor, Tensor]:
        inner, outer = int((logits[:, 0] > delta).sum()), int((logits[:, 0] > -delta).sum())
        is_stable = outer == 0 or inner / outer >= threshold
        chosen = 0 if is_stable else 1 + int(scores[0, 1:].argmax())
        return logits[:, chosen : chosen + 1], scores[:, chosen : chosen + 1]

    return single_mask


@torch.no_grad()
def network_outputs(
    network: PromptableNetwork, image: NDArray[np.uint8], *, single: SingleMask | None = None
) -> Outputs:
    """Embedding, and for each prompt logits and predicted IoU, multimask on and off: by our network.

    `single` is the network's own rule unless it is given.
    """
    if single is None:
        stability = network.dynamic_multimask
        single = first_token if stability is None else stable_or_best(*stability)
    pixels = torch.from_numpy(np.asarray(encoder_input(image, network.input)))
    embedding = network.encoder(pixels)
    outputs = {spec.name: tensor.numpy() for spec, tensor in zip(network.embedding, embedding, strict=True)}
    model_hw = input_hw(network.input, (image.shape[0], image.shape[1]))
    for case in PROMPTS:
        if case.mask and not network.takes_mask:
            continue
        coords, labels = case.graph_inputs(model_hw, network.padding_point)
        mask = case.mask_input(network.low_res_hw)
        logits, scores = network.decoder(
            *embedding,
            torch.from_numpy(coords),
            torch.from_numpy(labels),
            None if mask is None else torch.from_numpy(mask),
        )
        outputs |= prompt_outputs(case, (logits[:, 1:], scores[:, 1:]), multimask=True)
        outputs |= prompt_outputs(case, single(logits, scores), multimask=False)
    return outputs


def prompt_outputs(case: PromptCase, answer: tuple[Tensor, Tensor], *, multimask: bool) -> Outputs:
    """Logits (1, K, h, w) and predicted IoU (1, K) under the names by which implementations are compared."""
    named = f"{case.name}, {'multimask' if multimask else 'single mask'}"
    logits, scores = answer
    return {f"{named}: logits": logits.detach().numpy(), f"{named}: predicted IoU": scores.detach().numpy()}


def differences(
    ours: Mapping[str, NDArray[np.float32]], official: Mapping[str, NDArray[np.float32]]
) -> dict[str, float]:
    """Largest absolute difference of each output as a part of the official output's largest magnitude."""
    assert ours.keys() == official.keys()
    for name in official:
        assert ours[name].shape == official[name].shape, name
    return {
        name: float(np.abs(ours[name] - expected).max() / np.abs(expected).max())
        for name, expected in official.items()
    }


def assert_equal(
    ours: Mapping[str, NDArray[np.float32]],
    official: Mapping[str, NDArray[np.float32]],
    *,
    tolerance: float = TOLERANCE,
) -> None:
    """Every output within the tolerance; the message names the worst."""
    found = differences(ours, official)
    worst = max(found, key=lambda name: found[name])
    assert found[worst] <= tolerance, f"{worst}: {found[worst]:.2e} of the largest magnitude"
