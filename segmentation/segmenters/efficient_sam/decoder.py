"""EfficientSAM's decoder (Xiong et al., 2023, arXiv 2312.00863): SAM's, changed, without mask prompts."""

from __future__ import annotations

from torch import Tensor, nn
from transformers.models.sam.modeling_sam import SamMaskDecoder, SamTwoWayAttentionBlock

from segmentation.prompts import PADDING
from segmentation.segmenters.sam.decoder import SamDecoder

POINTS = 6  # tokens of every prompt, a box counting for two; the official code leaves further ones out


class EfficientSamDecoder(SamDecoder):
    """All mask tokens of one prompt, unselected; see `PromptableNetwork` for inputs and outputs.

    What differs from SAM: padding points fill up to six tokens, and a seventh point is left out; nothing is
    added to the image embedding or to a background point (both embeddings are zero); `TwoWayBlock`; GELU in
    every perceptron; after the first upscaling one norm over the whole map instead of one for each pixel.
    """

    def forward(
        self,
        image_embedding: Tensor,
        point_coords: Tensor,
        point_labels: Tensor,
        mask_input: Tensor | None = None,
    ) -> tuple[Tensor, Tensor]:
        """`low_res_logits` (1, 4, 256, 256) and `predicted_iou` (1, 4). Raises ValueError for a mask."""
        if mask_input is not None:
            raise ValueError("EfficientSAM takes no mask prompt.")
        missing = POINTS - point_labels.shape[1]  # less than zero: `pad` takes points away
        points = nn.functional.pad(point_coords, (0, 0, 0, missing))
        labels = nn.functional.pad(point_labels, (0, missing), value=PADDING)
        return super().forward(image_embedding, points, labels)


class TwoWayBlock(SamTwoWayAttentionBlock):
    """As in SAM but for self-attention.

    Its residual path is never skipped, and where the prompt is added to the queries, it goes into the values
    as well and stays in the sum.
    """

    def forward(
        self,
        queries: Tensor,
        keys: Tensor,
        query_point_embedding: Tensor,
        key_point_embedding: Tensor,
        attention_similarity: Tensor | None = None,  # noqa: ARG002 -- SamTwoWayTransformer gives it
        **_: object,
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Queries (1, 1, tokens, 256) and keys (1, 1, cells, 256), changed; the cells' attention."""
        if not self.skip_first_layer_pe:
            queries = queries + query_point_embedding
        queries = self.layer_norm1(queries + self.self_attn(queries, queries, queries)[0])
        cells = keys + key_point_embedding
        attended, _weights = self.cross_attn_token_to_image(queries + query_point_embedding, cells, keys)
        queries = self.layer_norm2(queries + attended)
        queries = self.layer_norm3(queries + self.mlp(queries))
        attended, _weights = self.cross_attn_image_to_token(cells, queries + query_point_embedding, queries)
        return queries, self.layer_norm4(keys + attended), attended


def changed_mask_decoder(decoder: SamMaskDecoder) -> SamMaskDecoder:
    """SAM's mask decoder, made with GELU in its configuration, with EfficientSAM's blocks, norm and heads."""
    transformer = decoder.transformer
    transformer.layers = nn.ModuleList(
        TwoWayBlock(transformer.config, skip_first_layer_pe=index == 0)
        for index in range(len(transformer.layers))
    )
    decoder.upscale_layer_norm = nn.GroupNorm(1, decoder.upscale_conv1.out_channels)
    for head in (*decoder.output_hypernetworks_mlps, decoder.iou_prediction_head):
        head.activation = nn.GELU()
    return decoder
