"""Prompt decoder of the pocket network: prompts become maps, a small convolution trunk reads them.

The image-only part (`prepare`) is apart from the part that runs at every click, so that a browser
computes it once per image.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from segmentation.segmenters.pocket.blocks import ConvNorm, DepthwiseBlock, FarContext, upsample
from segmentation.segmenters.pocket.config import EMBEDDING_STRIDE, MASK_STRIDE, PocketConfig
from segmentation.segmenters.pocket.encoder import ImageFeatures
from segmentation.segmenters.pocket.prompt_maps import (
    box_maps,
    cell_centres,
    colour_distances,
    distances,
    point_similarities,
    region_similarity,
    tent_weights,
    unit,
)
from segmentation.segmenters.pocket.scores import MaskScores, mask_statistics

FAR = 1e4  # squared cells; stands for "no such click" inside the logarithm


class Prompt(NamedTuple):
    """Prompts for K objects on each of B images, in model points (pixels of the network's input)."""

    points_xy: Tensor  # (B, K, P, 2)
    labels: Tensor  # (B, K, P) 1 foreground, 0 background, anything else is ignored
    box_xyxy: Tensor  # (B, K, 4)
    has_box: Tensor  # (B, K) 0 or 1
    previous_logits: Tensor | None  # (B, K, H/4, W/4); None is the same as has_previous = 0
    has_previous: Tensor  # (B, K) 0 or 1


class ImageContext(NamedTuple):
    """All that depends on the image alone. h = H/8, w = W/8."""

    directions: Tensor  # (B, heads, 64/heads, h*w) the embedding's vectors at length 1
    lengths: Tensor  # (B, heads, 1, h*w) and their lengths
    skip: Tensor  # (B, middle, h, w)
    fine_directions: Tensor  # (B, 1, 16, 4*h*w)
    fine_lengths: Tensor  # (B, 1, 1, 4*h*w)
    fine_skip: Tensor  # (B, head, 2h, 2w)
    fine_colour: Tensor  # (B, 3, 4*h*w)
    cells: Tensor  # (2, h*w) x and y of the cell centres 0.5, 1.5, ...
    fine_cells: Tensor  # (2, 4*h*w)
    size_xy: Tensor  # (2,) w, h


class Decoded(NamedTuple):
    logits: Tensor  # (B, K, candidates, H/4, W/4), > 0 is foreground
    predicted_iou: Tensor  # (B, K, candidates)
    similarity_logits: Tensor | None  # (B, K, H/8, W/8), linear in the similarities: training only


class _Maps(NamedTuple):
    """The prompt as seen at stride 8, flat; N = B * K."""

    stacked: Tensor  # (N, 4*heads + 10, h*w)
    similarities: Tensor  # (B, K, 2*heads, h*w) to the foreground and to the background clicks
    near: Tensor  # (B, K, h*w) close to a foreground click
    core: Tensor  # (B, K, h*w) middle of the box


class _Previous(NamedTuple):
    """The mask of the round before; all zero where an object has none."""

    probability: Tensor  # (B, K, 4*h*w)
    coarse: Tensor  # (B, K, h*w)
    flag: Tensor  # (B, K, 1)


class Decoder(nn.Module):
    def __init__(self, config: PocketConfig) -> None:
        super().__init__()
        self.heads, self.candidates = config.heads, config.candidates
        trunk, middle, head = config.trunk_channels, config.middle_channels, config.head_channels
        self.image_skip = nn.Conv2d(config.embedding_channels, middle, 1)
        self.fine_skip = nn.Conv2d(config.fine_channels, head, 1)
        self.prompt_in = nn.Conv2d(4 * config.heads + 10, middle, 1, bias=False)
        self.prompt_norm: nn.Module = nn.BatchNorm2d(middle)
        self.down = nn.Sequential(
            ConvNorm(middle, middle, stride=2, groups=middle, relu=False), ConvNorm(middle, trunk, 1)
        )
        self.trunk_first = DepthwiseBlock(trunk, config.trunk_kernel)
        self.coarse = FarContext(trunk, config.coarse_blocks) if config.coarse_blocks else nn.Identity()
        self.film = nn.Sequential(nn.Linear(2 * trunk, trunk), nn.ReLU(), nn.Linear(trunk, 2 * trunk))
        self.trunk_second = DepthwiseBlock(trunk, config.trunk_kernel)
        self.to_middle = nn.Conv2d(trunk, middle, 1)
        self.middle = DepthwiseBlock(middle, config.middle_kernel)
        self.to_fine = nn.Conv2d(middle, head, 1, bias=False)
        self.fine_prompt_in = nn.Conv2d(8, head, 1, bias=False)
        self.fine_norm: nn.Module = nn.BatchNorm2d(head)
        self.fine = DepthwiseBlock(head, 3, config.fine_expansion)
        kernel = config.logits_kernel
        self.to_logits = nn.Conv2d(head, config.candidates, kernel, padding=kernel // 2)
        self.iou = nn.Sequential(
            nn.Linear(2 * trunk + 3 * config.candidates, config.iou_hidden),
            nn.ReLU(),
            nn.Linear(config.iou_hidden, config.candidates),
        )
        self.mask_scores = (
            MaskScores(
                features=middle, tokens=2 * trunk, candidates=config.candidates, hidden=config.iou_hidden
            )
            if config.scores_masks
            else None
        )
        signs = torch.tensor([8.0] * config.heads + [-4.0] * config.heads)
        self.similarity_weights = nn.Parameter(signs / config.heads)
        self.similarity_bias = nn.Parameter(torch.tensor(-2.0))

    def prepare(self, features: ImageFeatures) -> ImageContext:
        embedding, fine, colour = features
        h, w = embedding.shape[-2:]
        directions, lengths = unit(embedding.float().flatten(2).unflatten(1, (self.heads, -1)), 2)
        fine_directions, fine_lengths = unit(fine.float().flatten(2)[:, None], 2)
        cells = cell_centres(h, w, embedding.device)
        return ImageContext(
            directions,
            lengths,
            self.image_skip(embedding),
            fine_directions,
            fine_lengths,
            self.fine_skip(fine),
            colour.flatten(2),
            cells,
            cell_centres(2 * h, 2 * w, embedding.device),
            cells[:, -1] + 0.5,
        )

    def forward(self, context: ImageContext, prompt: Prompt) -> Decoded:
        # Plain integers: an exported graph is for one object on one image, of any size.
        batch, objects = (int(n) for n in prompt.labels.shape[:2])
        h, w = context.skip.shape[-2:]
        previous = _previous(prompt)
        maps = self._prompt_maps(context, prompt, previous)
        from_prompt = self.prompt_in(maps.stacked.unflatten(2, (h, w)))
        x8 = functional.relu(self.prompt_norm(_per_object(context.skip, objects) + from_prompt))
        around = (maps.near + maps.core * 0.2).reshape(batch * objects, 1, h, w)
        weights = functional.avg_pool2d(around, 2)
        weights = weights / (weights.sum((2, 3), keepdim=True) + 1e-4)
        x16 = self.coarse(self.trunk_first(self.down(x8)))
        scale, shift = self.film(_pooled(x16, weights))[:, :, None, None].chunk(2, dim=1)
        x16 = self.trunk_second(x16 * (1 + scale) + shift)
        x8 = self.middle(x8 + upsample(self.to_middle(x16)))
        x4 = _per_object(context.fine_skip, objects) + upsample(self.to_fine(x8))
        core = upsample(maps.core.reshape(batch * objects, 1, h, w)).reshape(batch, objects, -1)
        fine_maps = self._fine_maps(context, prompt, previous, core)
        x4 = x4 + self.fine_prompt_in(fine_maps.unflatten(2, (2 * h, 2 * w)))
        logits = self.to_logits(self.fine(functional.relu(self.fine_norm(x4)))).float()
        tokens = _pooled(x16, weights).float()
        scores = self.iou(torch.cat([tokens, mask_statistics(logits)], dim=1)).float()
        if self.mask_scores is not None:
            scores = scores + self.mask_scores(logits, x8, tokens).float()
        linear = (maps.similarities * self.similarity_weights[:, None]).sum(2) + self.similarity_bias
        return Decoded(
            logits.unflatten(0, (batch, objects)),
            scores.unflatten(0, (batch, objects)),
            linear.unflatten(2, (h, w)),
        )

    def _prompt_maps(self, context: ImageContext, prompt: Prompt, previous: _Previous | None) -> _Maps:
        cells, size = context.cells, context.size_xy
        points, box = prompt.points_xy / EMBEDDING_STRIDE, prompt.box_xyxy / EMBEDDING_STRIDE
        to_fg, to_bg = distances(points, prompt.labels, cells)
        inside, edge, core = box_maps(box, prompt.has_box, cells, size)
        has_box = prompt.has_box[..., None]
        middle, around = _regions(previous, core, (1 - inside) * has_box)
        weights = tent_weights(points, cells, size)
        fg, bg = point_similarities(context.directions, context.lengths, weights, prompt.labels)
        near, wide = torch.exp(-to_fg / 2), torch.exp(-to_fg / 32)
        zeros = torch.zeros_like(inside)
        plain = [
            near,
            wide,
            torch.exp(-to_bg / 2),
            torch.exp(-to_bg / 32),
            torch.log1p(to_fg.clamp(max=FAR)) / 5,
            inside,
            edge,
            zeros + has_box,
            zeros if previous is None else previous.coarse * 2 - previous.flag,
            zeros if previous is None else zeros + previous.flag,
        ]
        similar = [
            fg,
            bg,
            region_similarity(context.directions, middle),
            region_similarity(context.directions, around),
        ]
        stacked = torch.cat([*similar, torch.stack(plain, dim=2)], dim=2).flatten(0, 1)
        return _Maps(stacked, torch.cat([fg, bg], dim=2), near + wide * 0.1, core)

    def _fine_maps(
        self, context: ImageContext, prompt: Prompt, previous: _Previous | None, core: Tensor
    ) -> Tensor:
        """(N, 8, 4*h*w); `core` is the middle of the box on the fine grid."""
        cells, labels = context.fine_cells, prompt.labels
        points = prompt.points_xy / MASK_STRIDE
        to_fg, to_bg = distances(points, labels, cells)
        weights = tent_weights(points, cells, context.size_xy * 2)
        fg, bg = point_similarities(context.fine_directions, context.fine_lengths, weights, labels)
        like_fg, like_bg = colour_distances(context.fine_colour, weights, labels)
        region, earlier = core, torch.zeros_like(core)
        if previous is not None:
            region = torch.where(previous.flag > 0, _confident(previous.probability), core)
            earlier = previous.probability * 2 - previous.flag
        plain = [
            torch.exp(-like_fg * 4),
            torch.exp(-like_bg * 4),
            torch.exp(-to_fg / 4),
            torch.exp(-to_bg / 4),
            earlier,
        ]
        similar = [fg, bg, region_similarity(context.fine_directions, region)]
        return torch.cat([*similar, torch.stack(plain, dim=2)], dim=2).flatten(0, 1)


def _previous(prompt: Prompt) -> _Previous | None:
    if prompt.previous_logits is None:
        return None
    flag = prompt.has_previous[..., None]
    probability = torch.sigmoid(prompt.previous_logits.float()) * flag[..., None]
    return _Previous(probability.flatten(2), functional.avg_pool2d(probability, 2).flatten(2), flag)


def _regions(previous: _Previous | None, core: Tensor, outside: Tensor) -> tuple[Tensor, Tensor]:
    """Where the object surely is and surely is not: by the previous mask, else by the box."""
    if previous is None:
        return core, outside
    coarse, flag = previous.coarse, previous.flag
    background = (coarse < 0.5) * (1 - coarse) * flag
    return (
        torch.where(flag > 0, _confident(coarse), core),
        torch.where(flag > 0, background, outside),
    )


def _confident(probability: Tensor) -> Tensor:
    return (probability > 0.5) * probability


def _per_object(image_map: Tensor, objects: int) -> Tensor:
    return image_map if objects == 1 else image_map.repeat_interleave(objects, 0)


def _pooled(x: Tensor, weights: Tensor) -> Tensor:
    """Mean around the clicks and mean of the whole map: (N, 2 * channels)."""
    return torch.cat([(x * weights).sum((2, 3)), x.mean((2, 3))], dim=1)
