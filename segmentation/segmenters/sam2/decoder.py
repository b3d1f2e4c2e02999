"""The reference decoder of SAM 2 and of all that kept its structure (EdgeTAM, the tracker of SAM 3)."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from segmentation.segmenters.promptable import EmbeddingTensor
from segmentation.segmenters.sam.prompts import cell_encoding

# In which a single mask counts as stable: `dynamic_multimask_stability_delta` and `_thresh` of the
# official `build_sam2`, the same for every published checkpoint.
DYNAMIC_MULTIMASK = (0.05, 0.98)

# Official predictors clamp the logits that they give back, so that is what is fed back to the network.
LOGITS_LIMIT = 32.0


class Sam2Decoder(nn.Module):
    """All mask tokens of one prompt, unselected; see `PromptableNetwork` for inputs and outputs.

    Holds a `Sam2PromptEncoder` and a `Sam2MaskDecoder` of transformers (or EdgeTAM's and SAM 3's, which
    are the same by structure). The mask decoder's `conv_s0` and `conv_s1` are taken out: they depend on
    the image alone and are part of the encoder.

    As in the official `SAM2ImagePredictor` a box is two more points, and every prompt has one padding point
    (`padding_point` "always"). `point_coords` are continuous, pixel centres at .5: the half pixel that the
    official prompt encoder adds to pixel indices is in them already.
    """

    image_positional_encoding: Tensor  # (1, 256, h, w) of the embedding's cells

    def __init__(self, prompt_encoder: nn.Module, mask_decoder: nn.Module) -> None:
        super().__init__()
        for image_side in ("conv_s0", "conv_s1"):
            if hasattr(mask_decoder, image_side):
                delattr(mask_decoder, image_side)
        self.prompt_encoder = prompt_encoder
        self.mask_decoder = mask_decoder
        encoding = cell_encoding(prompt_encoder)
        self.register_buffer("image_positional_encoding", encoding, persistent=False)

    def forward(
        self,
        image_embedding: Tensor,
        high_res_0: Tensor,
        high_res_1: Tensor,
        point_coords: Tensor,
        point_labels: Tensor,
        mask_input: Tensor | None = None,
    ) -> tuple[Tensor, Tensor]:
        """`low_res_logits` (1, 4, 4h, 4w) and `predicted_iou` (1, 4)."""
        # Its forward would append a padding point, which the caller gave, and it adds half a pixel, which
        # continuous points have in them.
        points = point_coords[:, None] - 0.5
        sparse = self.prompt_encoder._embed_points(points, point_labels[:, None].long(), pad=False)
        earlier = None if mask_input is None else mask_input.clamp(-LOGITS_LIMIT, LOGITS_LIMIT)
        _, dense = self.prompt_encoder(None, None, None, input_masks=earlier)
        decoder = self.mask_decoder
        own = (decoder.obj_score_token.weight, decoder.iou_token.weight, decoder.mask_tokens.weight)
        tokens, cells = decoder.transformer(
            point_embeddings=torch.cat((torch.cat(own)[None, None], sparse), dim=2),
            image_embeddings=image_embedding + dense,
            image_positional_embeddings=self.image_positional_encoding,
            attention_similarity=None,
        )  # (1, 1, tokens, 256), (1, 1, h*w, 256)
        masks = tokens[:, 0, 2 : 2 + decoder.num_mask_tokens]
        pixels = self._upscaled(cells[:, 0], image_embedding.shape, high_res_0, high_res_1)
        weights = [mlp(masks[:, i]) for i, mlp in enumerate(decoder.output_hypernetworks_mlps)]
        logits = (torch.stack(weights, 1) @ pixels.flatten(2)).unflatten(2, pixels.shape[2:])
        return logits, decoder.iou_prediction_head(tokens[:, 0, 1])

    def _upscaled(self, cells: Tensor, shape: torch.Size, high_res_0: Tensor, high_res_1: Tensor) -> Tensor:
        """(1, h*w, 256) -> (1, 32, 4h, 4w), with the encoder's finer features added on the way."""
        decoder = self.mask_decoder
        grid = cells.transpose(1, 2).reshape(shape)
        middle = decoder.upscale_layer_norm(decoder.upscale_conv1(grid) + high_res_1)
        fine = decoder.upscale_conv2(decoder.activation(middle)) + high_res_0
        return decoder.activation(fine)


def embedding_tensors(cells: int) -> tuple[EmbeddingTensor, ...]:
    """What the encoder answers where the image embedding has `cells` x `cells` cells."""
    return (
        EmbeddingTensor("image_embedding", (1, 256, cells, cells)),
        EmbeddingTensor("high_res_0", (1, 32, 4 * cells, 4 * cells)),
        EmbeddingTensor("high_res_1", (1, 64, 2 * cells, 2 * cells)),
    )
