"""One prompt on one prefilled image, with or without earlier logits."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from onnx_export.sam_decoder.attention import Additions, ImageLooks, ImageState, TokensLook
from onnx_export.sam_decoder.finer_mask import FinerMask
from onnx_export.sam_decoder.operators import Constants, top_left
from onnx_export.sam_decoder.prefill import ROWS, Prefilled, mask_basis
from onnx_export.sam_decoder.prompts import MaskRows, PromptTokens, count_points, grid_positions
from onnx_export.sam_decoder.ranking import is_stable, rank_of_tokens, select
from onnx_export.sam_decoder.tokens import FeedForwards, TokenSteps
from onnx_export.sam_decoder.upscaling import TOKEN_LOGITS, upscaling_of, valid_tokens
from onnx_export.sam_decoder.weights import DecoderWeights, linear_layers


class Click(Constants):
    """Tokens and image tokens through both blocks, then masks for the wanted ranks."""

    def __init__(
        self, weights: DecoderWeights, *, takes_mask: bool, stability: tuple[float, float] | None = None
    ) -> None:
        """`stability`: SAM 2's delta and threshold for the single mask."""
        super().__init__()
        self.stability = stability
        first, second = weights.blocks
        positions = grid_positions(weights)
        bias1, bias2 = (block.image_norm.bias.detach() for block in weights.blocks)
        self.prompt_tokens = PromptTokens(weights)
        self.mask_rows = MaskRows(weights) if takes_mask else None
        self.steps = nn.ModuleList([TokenSteps(block, weights) for block in weights.blocks])
        self.look0 = TokensLook(first.token_to_image, positions=None, constant=None)
        self.look1 = TokensLook(second.token_to_image, positions=positions, constant=bias1)
        self.look2 = TokensLook(weights.final, positions=positions, constant=bias2)
        self.image0 = ImageLooks(first.image_to_token, positions=None, constant=None)
        self.image1 = ImageLooks(second.image_to_token, positions=positions, constant=bias1)
        self.final_norm = weights.final_norm
        self.upscaling = upscaling_of(weights)
        self.finer_mask = None if weights.finer_mask is None else FinerMask(weights.finer_mask)
        self.prefers_single = not weights.is_efficient
        self.hypernetworks = FeedForwards(
            [linear_layers(network) for network in weights.hypernetworks], weights.activation
        )
        self.activation = weights.activation
        self.iou_layers = nn.ModuleList(linear_layers(weights.iou_head))
        self.iou_is_sigmoid = bool(weights.iou_head.sigmoid_output)
        # Nobody asks for SAM 2's object score, whose token comes first.
        self.answers = slice(weights.iou_token, weights.output_tokens.shape[0])
        self.epsilons = [block.image_norm.eps for block in weights.blocks]
        self.keep(gain1=first.image_norm.weight, gain2=second.image_norm.weight)
        if takes_mask:
            self.keep(mask_basis=mask_basis(weights))

    def forward(
        self,
        prefilled: Prefilled,
        point_coords: Tensor,
        point_labels: Tensor,
        wanted: Tensor,
        valid_hw: Tensor | None,
        mask_input: Tensor | None = None,
    ) -> tuple[Tensor, Tensor]:
        """-> low_res_logits (1, K, 4 h, 4 w), predicted_iou (1, K)."""
        positions = self.prompt_tokens(point_coords, point_labels)
        mask = None
        if self.mask_rows is not None and mask_input is not None:
            rows = self.mask_rows(mask_input)
            mask = ImageState(None, torch.cat([rows, torch.ones_like(rows[:1])]), self.mask_basis)
        tokens, state = self._transform(prefilled, positions, mask)
        predicted_iou = self._predicted_iou(tokens[:1])
        hypernetworks = self.hypernetworks(tokens[1:])
        masks = hypernetworks[: predicted_iou.shape[1]]
        ends = None if valid_hw is None else valid_tokens(valid_hw)
        # The finer mask's convolutions look two logits beyond.
        seen = ends if self.finer_mask is None or ends is None else ends + 1
        values = self.upscaling(prefilled, state, seen)
        is_single = self._is_single(point_labels, values, masks[:1])
        chosen = select(rank_of_tokens(predicted_iou, is_single=is_single), wanted)
        logits = self.upscaling.logits(values, chosen @ masks)
        if self.finer_mask is not None and prefilled.hq_features is not None:
            logits = logits + self.finer_mask(values, hypernetworks[-1:], prefilled.hq_features, seen)
            if ends is not None:
                logits = top_left(logits, ends * TOKEN_LOGITS, first_axis=2)
        return self.upscaling.filled(logits), predicted_iou @ chosen.t()

    def _is_single(self, point_labels: Tensor, values: Tensor, single: Tensor) -> Tensor:
        """Whether the mask of token 0 is the best; a scalar."""
        if not self.prefers_single:
            return torch.zeros(()) > 0
        is_single = count_points(point_labels) > 1
        if self.stability is None:
            return is_single
        delta, threshold = self.stability
        # For one point nothing depends on it: one row of tokens is quick.
        count = torch.where(is_single, values.shape[0], 1)
        logits = self.upscaling.products(values[:count], single)
        return is_single & is_stable(logits, delta=delta, threshold=threshold)

    def _transform(
        self, prefilled: Prefilled, positions: Tensor, mask: ImageState | None
    ) -> tuple[Tensor, ImageState]:
        """-> the tokens for predicted IoU and masks (t, d); the image tokens before the second gain."""
        rows = dict(zip(ROWS, prefilled.rows[: len(ROWS)].split(1), strict=True))
        steps0, steps1 = self.steps
        tokens = steps0.attend_tokens(positions, positions)
        seen = self.look0(tokens + positions, prefilled.key0, prefilled.value0, mask)
        tokens = steps0.take_in(tokens, seen)
        crosses = [(prefilled.cross0, rows["bias0"]), (prefilled.cross0_late, rows["bias0_late"])]
        added = self.image0(tokens + positions, tokens, prefilled.query0, mask, crosses)
        if mask is not None:
            added = _with_mask(added, mask, prefilled.rows[len(ROWS) :])
        early, late = added.overlaps
        basis = _centred(added.basis)
        scale = _scale(rows["length1"] + early, added.rows, basis, self.epsilons[0])
        state = ImageState(scale, added.rows * scale, basis * self.gain1)

        tokens = steps1.attend_tokens(tokens, positions)
        seen = self.look1(tokens + positions, prefilled.key1, prefilled.value1, state)
        tokens = steps1.take_in(tokens, seen)
        crosses = [(prefilled.cross1, rows["bias1"])]
        added = self.image1(tokens + positions, tokens, prefilled.query1, state, crosses)
        all_rows = torch.cat([state.rows, added.rows])
        basis = _centred(torch.cat([state.basis, added.basis]))
        length = ((rows["length2"] + late) * scale + added.overlaps[0]) * scale
        scale2 = _scale(length, all_rows, basis, self.epsilons[1])
        before_gain = ImageState(scale * scale2, all_rows * scale2, basis)
        after_gain = before_gain._replace(basis=basis * self.gain2)

        out, out_positions = tokens[self.answers], positions[self.answers]
        seen = self.look2(out + out_positions, prefilled.key2, prefilled.value2, after_gain)
        return self.final_norm(out + seen), before_gain

    def _predicted_iou(self, token: Tensor) -> Tensor:
        """(1, d) -> (1, T)."""
        for layer in self.iou_layers[:-1]:
            token = self.activation(layer(token))
        values = self.iou_layers[-1](token)
        return values.sigmoid() if self.iou_is_sigmoid else values


def _with_mask(added: Additions, mask: ImageState, products: Tensor) -> Additions:
    """The mask prompt's own rows, its constant joined to the row of ones that is there already.

    `products` (2 (m + 1), N): the mask basis . tokens, for both norms.
    """
    channels = mask.rows[:-1]
    basis = [added.basis[:-1], added.basis[-1:] + mask.basis[-1:], mask.basis[:-1]]
    overlaps = [
        ours + (channels * own[:-1]).sum(0, keepdim=True) + own[-1:]
        for ours, own in zip(added.overlaps, products.chunk(2), strict=True)
    ]
    return Additions(torch.cat([added.rows, channels]), torch.cat(basis), overlaps)


def _centred(basis: Tensor) -> Tensor:
    return basis - basis.mean(1, keepdim=True)


def _scale(length: Tensor, rows: Tensor, basis: Tensor, epsilon: float) -> Tensor:
    """1 / standard deviation of x + rows^T basis for each token, (1, N), without forming it.

    |x + y|^2 = |x|^2 + 2 x.y + |y|^2 with y = rows^T basis; `length` is the sum of the first two.
    """
    length = length + (rows * ((basis @ basis.t()) @ rows)).sum(0, keepdim=True)
    return 1 / torch.sqrt(length.clamp(min=0) / basis.shape[1] + epsilon)
