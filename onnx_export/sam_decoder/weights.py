"""What the restructured graphs need of a decoder, read from modules with transformers' names."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn


@dataclass(frozen=True, eq=False)
class Attention:
    """One attention's projections; queries scaled by 1 / sqrt(head width) beforehand."""

    heads: int
    query: Tensor  # (inner, d)
    query_bias: Tensor  # (inner,)
    key: Tensor
    key_bias: Tensor
    value: Tensor
    value_bias: Tensor
    out: Tensor  # (d, inner)
    out_bias: Tensor  # (d,)

    @property
    def head_width(self) -> int:
        return self.query.shape[0] // self.heads

    def by_head(self, projection: Tensor) -> Tensor:
        """(inner, ...) -> (heads, head width, ...)."""
        return projection.reshape(self.heads, self.head_width, *projection.shape[1:])


@dataclass(frozen=True, eq=False)
class Block:
    """A two-way attention block."""

    self_attention: Attention
    token_to_image: Attention
    image_to_token: Attention
    norms: tuple[nn.LayerNorm, nn.LayerNorm, nn.LayerNorm]  # of the tokens
    image_norm: nn.LayerNorm
    mlp: tuple[nn.Linear, nn.Linear]


@dataclass(frozen=True, eq=False)
class DecoderWeights:
    """`prompt_encoder` and `mask_decoder` of transformers' SAM, SAM 2, EdgeTAM or SAM 3 tracker."""

    grid_hw: tuple[int, int]  # of the image embedding
    input_side: int  # model points lie in 0..input_side
    frequencies: Tensor  # (2, d / 2), of the positional encoding
    point_table: Tensor  # (5, d): padding, background, foreground, the two corners of a box
    no_mask: Tensor  # (d,)
    mask_embedding: (
        nn.Module | None
    )  # conv1, layer_norm1, conv2, layer_norm2, conv3; None: takes no earlier logits
    output_tokens: Tensor  # (k, d): [object score,] predicted IoU, masks
    iou_token: int  # its index among the output tokens; the mask tokens follow
    blocks: tuple[Block, Block]
    final: Attention
    final_norm: nn.LayerNorm
    upscale1: nn.ConvTranspose2d
    upscale_norm: nn.LayerNorm | nn.GroupNorm  # of each sub-pixel, or of the whole map
    upscale2: nn.ConvTranspose2d
    iou_head: nn.Module
    hypernetworks: list[nn.Module]  # one for each mask token
    has_fine_maps: bool  # SAM 2
    finer_mask: nn.Module | None  # SAM-HQ's mask_conv1, mask_norm, mask_conv2
    activation: nn.Module  # of perceptrons and heads
    is_efficient: bool  # EfficientSAM: another residual path, six points, one norm for the whole map

    @property
    def dim(self) -> int:
        return self.output_tokens.shape[1]


def read_weights(prompt_encoder: nn.Module, mask_decoder: nn.Module) -> DecoderWeights:
    """Nothing is copied; the modules must not change afterwards."""
    transformer = mask_decoder.transformer
    tokens = [mask_decoder.iou_token.weight, mask_decoder.mask_tokens.weight]
    hypernetworks = list(mask_decoder.output_hypernetworks_mlps)
    has_object_score = hasattr(mask_decoder, "obj_score_token")
    if has_object_score:
        tokens.insert(0, mask_decoder.obj_score_token.weight)
    has_finer_mask = hasattr(mask_decoder, "hq_token")
    if has_finer_mask:
        tokens.append(mask_decoder.hq_token.weight)
        hypernetworks.append(mask_decoder.hq_mask_mlp)
    first, second = (_read_block(layer) for layer in transformer.layers)
    return DecoderWeights(
        grid_hw=tuple(prompt_encoder.image_embedding_size),
        input_side=prompt_encoder.input_image_size,
        frequencies=prompt_encoder.shared_embedding.positional_embedding.detach(),
        point_table=_point_table(prompt_encoder),
        no_mask=prompt_encoder.no_mask_embed.weight.detach()[0],
        mask_embedding=getattr(prompt_encoder, "mask_embed", None),
        output_tokens=torch.cat(tokens).detach(),
        iou_token=int(has_object_score),
        blocks=(first, second),
        final=_read_attention(transformer.final_attn_token_to_image),
        final_norm=transformer.layer_norm_final_attn,
        upscale1=mask_decoder.upscale_conv1,
        upscale_norm=mask_decoder.upscale_layer_norm,
        upscale2=mask_decoder.upscale_conv2,
        iou_head=mask_decoder.iou_prediction_head,
        hypernetworks=hypernetworks,
        has_fine_maps=has_object_score,
        finer_mask=mask_decoder if has_finer_mask else None,
        activation=mask_decoder.iou_prediction_head.activation,
        is_efficient=isinstance(mask_decoder.upscale_layer_norm, nn.GroupNorm),
    )


def linear_layers(feed_forward: nn.Module) -> list[nn.Linear]:
    """The layers of a feed-forward network in order; the activation is between them."""
    return [feed_forward.proj_in, *feed_forward.layers, feed_forward.proj_out]


def _point_table(prompt_encoder: nn.Module) -> Tensor:
    points = prompt_encoder.point_embed
    by_label = points.weight if hasattr(points, "weight") else torch.cat([point.weight for point in points])
    return torch.cat([prompt_encoder.not_a_point_embed.weight, by_label[:4]]).detach()


def _read_block(layer: nn.Module) -> Block:
    mlp = layer.mlp
    linears = (mlp.lin1, mlp.lin2) if hasattr(mlp, "lin1") else (mlp.proj_in, mlp.proj_out)
    return Block(
        self_attention=_read_attention(layer.self_attn),
        token_to_image=_read_attention(layer.cross_attn_token_to_image),
        image_to_token=_read_attention(layer.cross_attn_image_to_token),
        norms=(layer.layer_norm1, layer.layer_norm2, layer.layer_norm3),
        image_norm=layer.layer_norm4,
        mlp=linears,
    )


def _read_attention(module: nn.Module) -> Attention:
    out = module.out_proj if hasattr(module, "out_proj") else module.o_proj
    heads = module.num_attention_heads
    scale = (module.q_proj.weight.shape[0] // heads) ** -0.5
    return Attention(
        heads=heads,
        query=module.q_proj.weight.detach() * scale,
        query_bias=module.q_proj.bias.detach() * scale,
        key=module.k_proj.weight.detach(),
        key_bias=module.k_proj.bias.detach(),
        value=module.v_proj.weight.detach(),
        value_bias=module.v_proj.bias.detach(),
        out=out.weight.detach(),
        out_bias=out.bias.detach(),
    )
