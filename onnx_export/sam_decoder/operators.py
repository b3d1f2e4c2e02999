"""Operators of ONNX Runtime that the ONNX standard lacks, each with what it computes in torch."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn


class _RmsNorm(torch.autograd.Function):
    @staticmethod
    def forward(_context: Any, values: Tensor, gain: Tensor, epsilon: float) -> Tensor:
        return values * torch.rsqrt((values * values).mean(-1, keepdim=True) + epsilon) * gain

    @staticmethod
    def symbolic(graph: Any, values: Any, gain: Any, epsilon: float) -> Any:
        # Its second output (1 / root mean square) is wrong in the WebGPU provider: never ask for it.
        normed = graph.op(
            "SimplifiedLayerNormalization", values, gain, axis_i=-1, epsilon_f=float(epsilon), stash_type_i=1
        )
        return normed.setType(values.type())


class _Corner(torch.autograd.Function):
    @staticmethod
    def forward(_context: Any, values: Tensor, ends: Tensor, first_axis: int) -> Tensor:
        height, width = ends.tolist()
        return values[(slice(None),) * first_axis + (slice(height), slice(width))]

    @staticmethod
    def symbolic(graph: Any, values: Any, ends: Any, first_axis: int) -> Any:
        axes = torch.tensor([first_axis, first_axis + 1])
        starts = graph.op("Constant", value_t=torch.zeros(2, dtype=torch.int64))
        corner = graph.op("Slice", values, starts, ends, graph.op("Constant", value_t=axes))
        sizes = values.type().sizes()
        if sizes is None:
            return corner
        left = [None if axis in axes.tolist() else size for axis, size in enumerate(sizes)]
        return corner.setType(values.type().with_sizes(left))


def top_left(values: Tensor, ends: Tensor, *, first_axis: int) -> Tensor:
    """The first ends[0], ends[1] (int64), or all, of two neighbouring axes: one Slice, not two."""
    return _Corner.apply(values, ends, first_axis)


def rms_norm(values: Tensor, gain: Tensor, epsilon: float) -> Tensor:
    """values / root mean square over the last axis, times `gain`: six times faster than LayerNorm in WASM."""
    return _RmsNorm.apply(values, gain, epsilon)


# GELU is x / 2 (1 + tanh(x p)) with p = a0 + a1 x^2 + a2 x^4, x^2 held where p turns: fitted to the exact
# one, from which it differs by 2.5e-5 at most (the usual formula, which has no a2, by 4.7e-4).
_A0, _A1, _A2 = 0.7975078840093611, 0.037005646253931296, -0.0003515168233897095
# Of x times GELU_IN, p is _TOP - (x^2 - _TURN)^2: no factors are left to multiply by.
GELU_IN = (-_A2) ** 0.2
GELU_OUT = 2 * GELU_IN
_TURN = _A1 / (2 * GELU_IN**3)
_TOP = _A0 / GELU_IN + _TURN**2


def scaled_gelu(values: Tensor) -> Tensor:
    """GELU_OUT * gelu(values / GELU_IN).

    In ONNX Runtime's WASM this takes 57 % of the time of its exact GELU, whose error function is slow. So are
    Clip, Relu and Sigmoid, compared with Min and Tanh.
    """
    distance = torch.minimum(values * values, torch.tensor(_TURN)) - _TURN
    return (torch.tanh((_TOP - distance * distance) * values) + 1) * values


class Constants(nn.Module):
    """A module's own tensors, none of them trained."""

    def keep(self, **tensors: Tensor) -> None:
        for name, tensor in tensors.items():
            self.register_buffer(name, tensor.detach().clone().contiguous())
