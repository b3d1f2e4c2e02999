"""SAM-HQ's reference decoder: SAM's, with one more token whose finer mask is added to each of SAM's."""

from __future__ import annotations

from torch import Tensor

from segmentation.segmenters.sam.decoder import SamDecoder, hypernetwork_weights


class SamHqDecoder(SamDecoder):
    """All mask tokens of one prompt, unselected; see `PromptableNetwork` for inputs and outputs.

    Each mask is SAM's plus the finer one: the official predictor with `hq_token_only=False`, its default.
    Asked for several masks it answers the best of SAM's plus the finer one; here every one of them has it.

    The masks are those of the authors' package. transformers (5.23) upscales the image embedding as it was
    before the decoder's transformer, so its masks differ; tokens and predicted IoU are the same.
    """

    def forward(  # type: ignore[override]
        self,
        image_embedding: Tensor,
        hq_features: Tensor,
        point_coords: Tensor,
        point_labels: Tensor,
        mask_input: Tensor | None = None,
    ) -> tuple[Tensor, Tensor]:
        """`low_res_logits` (1, 4, 4h, 4w) and `predicted_iou` (1, 4)."""
        decoder = self.mask_decoder
        own = (decoder.iou_token, decoder.mask_tokens, decoder.hq_token)
        tokens, pixels = self.tokens_and_pixels(own, image_embedding, point_coords, point_labels, mask_input)
        finer_pixels = self._finer(pixels) + hq_features
        logits = hypernetwork_weights(decoder, tokens[:, 1:-1]) @ pixels.flatten(2)
        finer = decoder.hq_mask_mlp(tokens[:, -1:]) @ finer_pixels.flatten(2)
        return (logits + finer).unflatten(2, pixels.shape[2:]), decoder.iou_prediction_head(tokens[:, 0])

    def _finer(self, pixels: Tensor) -> Tensor:
        """(1, 32, 4h, 4w): what the finer mask takes of the upscaled image tokens."""
        decoder = self.mask_decoder
        return decoder.mask_conv2(decoder.activation(decoder.mask_norm(decoder.mask_conv1(pixels))))
