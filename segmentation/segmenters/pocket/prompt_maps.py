"""Prompts as maps over the cells of an image grid.

Maps are flat, (..., h*w), and everything is arithmetic on dense arrays, no gather and no indices: the
same code exports to few ONNX operators that every browser backend runs. Points and boxes are in
cells of the grid at hand; `cells` (2, h*w) holds the x and y of the cell centres 0.5, 1.5, ...
B images, K objects on each, P points for each object.
"""

from __future__ import annotations

import torch
from torch import Tensor

ABSENT = 1e6  # squared cells to a click that does not exist
OPPOSITE = -1.0  # similarity to a click that does not exist
OTHER_COLOUR = 9.0  # squared colour distance to a click that does not exist


def cell_centres(h: int, w: int, device: torch.device) -> Tensor:
    """(2, h*w)."""
    x = torch.arange(w, device=device, dtype=torch.float32) + 0.5
    y = torch.arange(h, device=device, dtype=torch.float32) + 0.5
    return torch.stack([x[None] + y[:, None] * 0, y[:, None] + x[None] * 0]).flatten(1)


def distances(points: Tensor, labels: Tensor, cells: Tensor) -> tuple[Tensor, Tensor]:
    """Squared cells to the nearest foreground and background click: (B, K, h*w) each."""
    squared = (cells - points[..., None]).square().sum(3)  # (B, K, P, h*w)
    return _nearest(squared, labels, 1, ABSENT), _nearest(squared, labels, 0, ABSENT)


def box_maps(box: Tensor, has_box: Tensor, cells: Tensor, size: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Softly inside the box, on its border, and in its middle: (B, K, h*w) each, 0 without a box.

    `box` (B, K, 4) xyxy, `size` (2,) width and height of the grid.
    """
    first, second = box[..., :2, None], box[..., 2:, None]  # (B, K, 2, 1)
    depth = torch.minimum(cells - first, second - cells).amin(2)
    inside = torch.sigmoid(depth * 2) * has_box[..., None]
    extent = second - first + size[:, None] * 1e-3
    away = ((cells - (first + second) / 2) / extent * 3).square().sum(2)
    return inside, 4 * inside * (1 - inside), torch.exp(-away) * has_box[..., None]


def unit(vectors: Tensor, dim: int) -> tuple[Tensor, Tensor]:
    """Vectors of length 1 along `dim`, and the lengths they had."""
    # Clamped before the root, whose slope at zero is infinite.
    length = vectors.square().sum(dim, keepdim=True).clamp(min=1e-24).sqrt()
    return vectors / length, length


def tent_weights(points: Tensor, cells: Tensor, size: Tensor) -> Tensor:
    """Bilinear weight of every cell at points (B, K, P, 2): (B, K, P, h*w); borders are repeated.

    Sampling is a product with these: GridSample and gathers are slow or absent in browsers.
    """
    inner = torch.minimum(points.clamp(min=0.5), size - 0.5)
    x, y = (1 - (cells - inner[..., None]).abs()).clamp(min=0).unbind(3)
    return x * y


def point_similarities(
    directions: Tensor, lengths: Tensor, weights: Tensor, labels: Tensor
) -> tuple[Tensor, Tensor]:
    """Cosine to the most similar foreground and background click: (B, K, heads, h*w) each.

    `directions` (B, heads, c, h*w) and `lengths` (B, heads, 1, h*w) are the image's vectors, `weights`
    (B, K, P, h*w) say where the clicks are and `labels` (B, K, P) what they mean.
    """
    directions = directions[:, None]
    with torch.autocast(directions.device.type, enabled=False):
        at_points = torch.matmul(weights[:, :, None] * lengths[:, None], directions.transpose(3, 4))
    cosine = torch.matmul(unit(at_points, 4)[0], directions)  # (B, K, heads, P, h*w)
    label = labels[:, :, None, :, None]
    fg = torch.where(label == 1, cosine, OPPOSITE).amax(3)
    return fg, torch.where(label == 0, cosine, OPPOSITE).amax(3)


def region_similarity(directions: Tensor, region: Tensor) -> Tensor:
    """Cosine to the mean vector of a region (B, K, h*w) of weights: (B, K, heads, h*w), 0 if empty."""
    mean = torch.matmul(region[:, None], directions.transpose(2, 3))  # (B, heads, K, c)
    present = (region.sum(2) > 1e-3)[:, None, :, None]
    return (torch.matmul(unit(mean, 3)[0] * present, directions)).transpose(1, 2)


@torch.no_grad()
def colour_distances(colour: Tensor, weights: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
    """Squared colour distance to the best matching foreground, background click: (B, K, h*w) each."""
    with torch.autocast(colour.device.type, enabled=False):
        at_points = torch.matmul(weights, colour[:, None].transpose(2, 3))  # (B, K, P, 3)
    squared = (colour[:, None, None] - at_points[..., None]).square().sum(3)
    return _nearest(squared, labels, 1, OTHER_COLOUR), _nearest(squared, labels, 0, OTHER_COLOUR)


def _nearest(squared: Tensor, labels: Tensor, wanted: int, absent: float) -> Tensor:
    """Smallest value over the points with the wanted label: (B, K, P, h*w) -> (B, K, h*w)."""
    return torch.where(labels[..., None] == wanted, squared, absent).amin(2)
