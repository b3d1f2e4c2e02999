"""What the interactive loop can train: anything that embeds an image once and decodes many prompts."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any, Protocol

import torch
from torch import Tensor, nn

from segmentation.segmenters.pocket.decoder import Decoded, Prompt
from segmentation.segmenters.pocket.network import PocketNetwork, save_weights


class Trainee(Protocol):
    """Crops are square and prompts in their pixels; logits have a quarter of the crop's side.

    `features` and `context` are its own business: the loop only hands them on. They are apart because
    `context` is computed twice, without gradients for the correction rounds and with them for the loss.
    """

    @property
    def trained(self) -> nn.Module:
        """What learns: the optimiser's, the average's and the checkpoint's business."""

    @property
    def decoder(self) -> nn.Module:
        """What is put into evaluation mode while it answers correction rounds."""

    def embed(self, rgb: Tensor) -> Any:
        """Features of crops (B, 3, S, S) in 0..1; with gradients if the encoder learns."""

    def context(self, features: Any) -> Any:
        """All that depends on the image alone, for every prompt on it."""

    def decode(self, context: Any, prompt: Prompt) -> Decoded:
        """Candidates of K prompted objects on each of the B crops."""

    def whole(self, trained: nn.Module) -> nn.Module:
        """The network as it is used, with `trained`, this one's or its average, in its place."""

    def save(self, trained: nn.Module, folder: Path, metadata: dict[str, str]) -> Path:
        """Writes the weights of the whole into the folder."""


class PocketTrainee:
    """The pocket network, encoder and decoder together."""

    def __init__(self, network: PocketNetwork) -> None:
        self.network = network

    @property
    def trained(self) -> nn.Module:
        return self.network

    @property
    def decoder(self) -> nn.Module:
        return self.network.decoder

    def embed(self, rgb: Tensor) -> Any:
        return self.network.encoder(rgb)

    def context(self, features: Any) -> Any:
        return self.network.decoder.prepare(features)

    def decode(self, context: Any, prompt: Prompt) -> Decoded:
        decoded: Decoded = self.network.decoder(context, prompt)
        return decoded

    def whole(self, trained: nn.Module) -> nn.Module:
        return trained

    def save(self, trained: nn.Module, folder: Path, metadata: dict[str, str]) -> Path:
        path = folder / "pocket.safetensors"
        save_weights(self.whole(trained), path, metadata)
        return path


class PocketDecoderTrainee(PocketTrainee):
    """The pocket network's decoder alone: embeddings stay what they are, and a step costs a third less."""

    def __init__(self, network: PocketNetwork) -> None:
        super().__init__(network)
        network.encoder.requires_grad_(False).eval()

    @property
    def trained(self) -> nn.Module:
        return self.network.decoder

    @torch.no_grad()
    def embed(self, rgb: Tensor) -> Any:
        return self.network.encoder(rgb)

    def whole(self, trained: nn.Module) -> nn.Module:
        network = copy.copy(self.network)
        network._modules = {"encoder": self.network.encoder, "decoder": trained}
        return network


class PocketScoresTrainee(PocketDecoderTrainee):
    """The predicted IoUs alone: masks stay what they are, the choice among them is learnt anew."""

    def __init__(self, network: PocketNetwork) -> None:
        super().__init__(network)
        decoder = network.decoder
        decoder.requires_grad_(False)
        for scores in (decoder.iou, decoder.mask_scores):
            if scores is not None:
                scores.requires_grad_(True)

    def decode(self, context: Any, prompt: Prompt) -> Decoded:
        self.network.decoder.eval()  # batch norms keep their statistics too
        return super().decode(context, prompt)
