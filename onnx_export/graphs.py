"""The pocket network as the four graphs that ship: encoder, prefill, decode, refine."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from segmentation.segmenters.pocket.decoder import Decoder, ImageContext, Prompt
from segmentation.segmenters.pocket.encoder import Encoder, ImageFeatures
from segmentation.segmenters.pocket.network import PocketNetwork

EMBEDDING = ImageFeatures._fields
CONTEXT = ImageContext._fields
BOX_FIRST, BOX_SECOND = 2, 3  # point labels of the box's top-left and bottom-right corner


class EncoderGraph(nn.Module):
    def __init__(self, network: PocketNetwork) -> None:
        super().__init__()
        self.encoder: Encoder = network.encoder

    def forward(self, image: Tensor) -> ImageFeatures:
        """`image` (1, 3, H, W) uint8 RGB, H and W multiples of 32."""
        features: ImageFeatures = self.encoder(image.float() / 255)
        return features


class PrefillGraph(nn.Module):
    def __init__(self, network: PocketNetwork) -> None:
        super().__init__()
        self.decoder: Decoder = network.decoder

    def forward(self, image_embedding: Tensor, fine_embedding: Tensor, colour: Tensor) -> ImageContext:
        return self.decoder.prepare(ImageFeatures(image_embedding, fine_embedding, colour))


class DecodeGraph(nn.Module):
    """One object; points and box corners as labelled model points."""

    def __init__(self, network: PocketNetwork) -> None:
        super().__init__()
        self.decoder: Decoder = network.decoder

    def forward(self, *inputs: Tensor) -> tuple[Tensor, Tensor]:
        """The context's tensors, `point_coords` (1, N, 2), `point_labels` (1, N)."""
        context = ImageContext(*inputs[: len(CONTEXT)])
        coords, labels = inputs[len(CONTEXT) :]
        return self._decode(context, coords, labels, None)

    def _decode(
        self, context: ImageContext, coords: Tensor, labels: Tensor, mask: Tensor | None
    ) -> tuple[Tensor, Tensor]:
        decoded = self.decoder(context, prompt_of(coords, labels, mask))
        return decoded.logits[:, 0], decoded.predicted_iou[:, 0]


class RefineGraph(DecodeGraph):
    def forward(self, *inputs: Tensor) -> tuple[Tensor, Tensor]:
        """The same and `mask_input` (1, 1, H/4, W/4), logits of the round before."""
        context = ImageContext(*inputs[: len(CONTEXT)])
        coords, labels, mask = inputs[len(CONTEXT) :]
        return self._decode(context, coords, labels, mask)


def prompt_of(coords: Tensor, labels: Tensor, mask: Tensor | None) -> Prompt:
    """Labelled model points as the decoder's prompt for one object on one image."""
    first = (labels == BOX_FIRST).float()
    second = (labels == BOX_SECOND).float()
    box = torch.cat([(coords * first[..., None]).sum(1), (coords * second[..., None]).sum(1)], dim=1)
    return Prompt(
        points_xy=coords[:, None],
        labels=labels[:, None],
        box_xyxy=box[:, None],
        has_box=first.amax(1, keepdim=True),
        previous_logits=mask,
        has_previous=torch.ones_like(first[:, :1]),
    )
