"""The optimiser that a recipe names."""

from __future__ import annotations

from typing import Any, Protocol

import torch
from torch import Tensor, nn

from segmentation.training.recipe import ADAMW, MUON, OptimiserRecipe

SMALLEST_SIDE = 8  # of a matrix that is worth orthogonalising


class Optimiser(Protocol):
    """What the loop needs of one."""

    @property
    def param_groups(self) -> list[dict[str, Any]]: ...
    def zero_grad(self, set_to_none: bool = True) -> None: ...
    def step(self) -> Any: ...
    def state_dict(self) -> dict[str, Any]: ...
    def load_state_dict(self, state_dict: dict[str, Any]) -> None: ...


class MuonWithAdamW:
    """Muon (Jordan et al. 2024) for the weight matrices, AdamW for all else.

    A dense convolution is the matrix of its output channels by what each of them sees. The updates have
    AdamW's usual length (Liu et al. 2025, Moonlight), so that one learning rate suits both.
    """

    def __init__(
        self, matrices: list[nn.Parameter], rest: list[nn.Parameter], recipe: OptimiserRecipe
    ) -> None:
        self.matrices = matrices
        self._flat = [nn.Parameter(_as_matrix(matrix.data)) for matrix in matrices]
        self.muon = torch.optim.Muon(
            self._flat,
            lr=recipe.learning_rate,
            weight_decay=recipe.weight_decay,
            adjust_lr_fn="match_rms_adamw",
        )
        self.adamw = make_adamw(rest, recipe)

    @property
    def param_groups(self) -> list[dict[str, Any]]:
        return [*self.muon.param_groups, *self.adamw.param_groups]

    def zero_grad(self, set_to_none: bool = True) -> None:
        for matrix in self.matrices:
            matrix.grad = None
        self.adamw.zero_grad(set_to_none=set_to_none)

    def step(self) -> None:
        for matrix, flat in zip(self.matrices, self._flat, strict=True):
            flat.grad = None if matrix.grad is None else _as_matrix(matrix.grad)
        self.muon.step()
        self.adamw.step()

    def state_dict(self) -> dict[str, Any]:
        return {"muon": self.muon.state_dict(), "adamw": self.adamw.state_dict()}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        self.muon.load_state_dict(state_dict["muon"])
        self.adamw.load_state_dict(state_dict["adamw"])


def make_optimiser(network: nn.Module, recipe: OptimiserRecipe) -> Optimiser:
    """Of what is not frozen, on the device where it lies. Raises ValueError for an unknown kind."""
    learning = [p for p in network.parameters() if p.requires_grad]
    if recipe.kind == ADAMW:
        return make_adamw(learning, recipe)
    if recipe.kind == MUON:
        matrices = [p for p in learning if _is_matrix(p)]
        return MuonWithAdamW(matrices, [p for p in learning if not _is_matrix(p)], recipe)
    raise ValueError(f"optimiser.kind must be '{ADAMW}' or '{MUON}', not '{recipe.kind}'.")


def make_adamw(parameters: list[nn.Parameter], recipe: OptimiserRecipe) -> torch.optim.AdamW:
    """No weight decay on biases and norms."""
    groups = [
        {"params": [p for p in parameters if p.ndim > 1], "weight_decay": recipe.weight_decay},
        {"params": [p for p in parameters if p.ndim <= 1], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=recipe.learning_rate, betas=recipe.betas)


def _is_matrix(parameter: nn.Parameter) -> bool:
    """Dense layers and convolutions; a depthwise one has a column for each row and nothing to mix."""
    if parameter.ndim not in (2, 4) or min(parameter.shape[:2]) < SMALLEST_SIDE:
        return False
    return _as_matrix(parameter.data).data_ptr() == parameter.data_ptr()  # a copy would learn for nobody


def _as_matrix(weights: Tensor) -> Tensor:
    """(out, in) as it is, (out, in, h, w) as (out, h*w*in): the same memory if it is channels-last."""
    return weights if weights.ndim == 2 else weights.permute(0, 2, 3, 1).flatten(1)
