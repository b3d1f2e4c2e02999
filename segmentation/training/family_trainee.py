"""The decoder of a published segmenter as a trainee: its encoder stays as it is.

Works on any family's `PromptableNetwork` (SAM, SAM 2, MobileSAM, ...), so that a team can fit a decoder
to its own masks. The published decoders take one prompt at a time; so does this, object by object.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional

from segmentation.prompts import BOX_FIRST_CORNER, BOX_SECOND_CORNER
from segmentation.segmenters.manifest import Pixels
from segmentation.segmenters.pocket.config import MASK_STRIDE
from segmentation.segmenters.pocket.decoder import Decoded, Prompt
from segmentation.segmenters.promptable import PromptableNetwork

CORNERS = (float(BOX_FIRST_CORNER), float(BOX_SECOND_CORNER))


class FamilyTrainee:
    """Trains the multi-mask tokens on single clicks and the single-mask token on all other prompts.

    That is what each is asked for later (the official `SamOnnxModel` rule).
    """

    def __init__(self, network: PromptableNetwork, device: torch.device | None = None) -> None:
        if network.input.pixels is None:
            raise ValueError("This network normalises its input itself; train it as a pocket network.")
        self.pixels: Pixels = network.input.pixels
        self.size = network.input.size
        self.low_res_hw = network.low_res_hw
        self.encoder: nn.Module = network.encoder.to(device or "cpu").requires_grad_(False).eval()
        self._decoder: nn.Module = network.decoder.to(device or "cpu")
        # Embeddings of points and boxes mean what the encoder's features mean: they stay too.
        self._decoder.prompt_encoder.requires_grad_(False)

    @property
    def trained(self) -> nn.Module:
        return self._decoder

    @property
    def decoder(self) -> nn.Module:
        return self._decoder

    @torch.no_grad()
    def embed(self, rgb: Tensor) -> tuple[Tensor, ...]:
        side = self.pixels.side
        resized = functional.interpolate(rgb, (side, side), mode="bilinear", antialias=True)
        mean, std = (
            resized.new_tensor(values)[:, None, None] for values in (self.pixels.mean, self.pixels.std)
        )
        features = self.encoder((resized - mean) / std)
        return tuple(features) if isinstance(features, (tuple, list)) else (features,)

    def context(self, features: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
        return features

    def decode(self, context: Any, prompt: Prompt) -> Decoded:
        """Logits come back at a quarter of the crop, as the loss and the corrections have them."""
        batch, objects = (int(n) for n in prompt.labels.shape[:2])
        answers = [
            self._decode_one([tensor[b : b + 1] for tensor in context], prompt, b, k)
            for b in range(batch)
            for k in range(objects)
        ]
        side = round(self._crop_side(prompt) / MASK_STRIDE)
        logits = torch.cat([answer[0] for answer in answers]).float()
        logits = functional.interpolate(logits, (side, side), mode="bilinear", align_corners=False)
        scores = torch.cat([answer[1] for answer in answers]).float()
        return Decoded(logits.unflatten(0, (batch, objects)), scores.unflatten(0, (batch, objects)), None)

    def _decode_one(self, embedding: list[Tensor], prompt: Prompt, b: int, k: int) -> tuple[Tensor, Tensor]:
        """One object: candidates (1, M, h, w) and their predicted IoU (1, M); the single mask M times."""
        scale = self.size / self._crop_side(prompt)
        given = prompt.labels[b, k] >= 0
        points, labels = prompt.points_xy[b, k][given] * scale, prompt.labels[b, k][given].float()
        if prompt.has_box[b, k] > 0:
            points = torch.cat([points, prompt.box_xyxy[b, k].reshape(2, 2) * scale])
            labels = torch.cat([labels, labels.new_tensor(CORNERS)])
        mask = None
        if prompt.previous_logits is not None and prompt.has_previous[b, k] > 0:
            previous = prompt.previous_logits[b, k][None, None]
            mask = functional.interpolate(previous, self.low_res_hw, mode="bilinear", align_corners=False)
        logits, scores = self._decoder(*embedding, points[None], labels[None], mask)
        if len(labels) == 1 and prompt.has_box[b, k] == 0:
            return logits[:, 1:], scores[:, 1:]
        candidates = logits.shape[1] - 1
        return logits[:, :1].expand(-1, candidates, -1, -1), scores[:, :1].expand(-1, candidates)

    def _crop_side(self, prompt: Prompt) -> int:
        """The mask prompt's grid is a quarter of the crop; a batch always has one, if only of zeros."""
        if prompt.previous_logits is None:
            raise ValueError("The size of the crop is read from the mask prompt. Give one, zeros if need be.")
        return int(prompt.previous_logits.shape[-1]) * MASK_STRIDE

    def whole(self, trained: nn.Module) -> nn.Module:
        """The decoder: the encoder is the published one."""
        return trained

    def save(self, trained: nn.Module, folder: Path, metadata: dict[str, str]) -> Path:
        """Decoder weights under transformers' names (`prompt_encoder.…`, `mask_decoder.…`)."""
        path = folder / "decoder.safetensors"
        tensors = {name: tensor.detach().contiguous() for name, tensor in trained.state_dict().items()}
        save_file(tensors, path, metadata=metadata)
        return path
