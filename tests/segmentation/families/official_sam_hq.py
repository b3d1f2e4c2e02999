"""SAM-HQ by its authors' package: asked for golden numbers, inside `official_packages()`.

Not transformers, whose SAM-HQ (5.23) upscales the image embedding as it was before the decoder's transformer:
its predicted IoU is the authors', its masks are not.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from tests.segmentation.families.comparison import Outputs
from tests.segmentation.families.official import OfficialNetwork
from tests.segmentation.families.official_sam import Sizes, build, predictor_outputs

NETWORKS = {
    "sam_hq_vit_b": Sizes(768, 12, 12, (2, 5, 8, 11)),
    "sam_hq_vit_l": Sizes(1024, 24, 16, (5, 11, 17, 23)),
    "sam_hq_vit_h": Sizes(1280, 32, 16, (7, 15, 23, 31)),
    # Three blocks, of which two attend to the whole image: the features come from the first of them.
    "sam_hq_vit_b_3_blocks": Sizes(768, 3, 12, (1, 2), ("landscape", "portrait", "square", "tiny")),
}
PACKAGE = "segment_anything_hq"
PACKAGES = (PACKAGE, "torch", "torchvision")


def networks() -> Iterator[OfficialNetwork]:
    for name, sizes in NETWORKS.items():
        with torch.device("cpu" if sizes.images else "meta"):
            model = build(sizes, PACKAGE)
        yield OfficialNetwork(name, model, sizes.images, outputs)


@torch.no_grad()
def outputs(model: Any, image: NDArray[np.uint8]) -> Outputs:
    """As `comparison.network_outputs`, by the package's `SamPredictor`."""
    predictor = EveryCandidate(importlib.import_module(PACKAGE).SamPredictor(model))
    answered = predictor_outputs(predictor, image)
    return {"hq_features": predictor.hq_features().numpy()} | answered


class EveryCandidate:
    """The predictor, answering three masks where it would answer the best one of them."""

    def __init__(self, predictor: Any) -> None:
        self._predictor = predictor

    def __getattr__(self, name: str) -> Any:
        return getattr(self._predictor, name)

    def hq_features(self) -> Tensor:
        """(1, 32, 256, 256): what the decoder computes of the image before it looks at a prompt."""
        decoder, early = self.model.mask_decoder, self.interm_features[0].permute(0, 3, 1, 2)
        return decoder.embedding_encoder(self.features) + decoder.compress_vit_feat(early)

    def predict_torch(
        self,
        points: Tensor | None,
        labels: Tensor | None,
        boxes: Tensor | None,
        mask: Tensor | None,
        *,
        multimask_output: bool,
        return_logits: bool,
    ) -> tuple[Tensor, Tensor, Tensor]:
        answer: tuple[Tensor, Tensor, Tensor] = self._predictor.predict_torch(
            points, labels, boxes, mask, multimask_output=multimask_output, return_logits=return_logits
        )
        if not multimask_output:
            return answer
        logits, scores = self._candidates(points, labels, boxes, mask)
        best = int(scores.argmax())
        assert torch.equal(answer[2][0, 0], logits[0, best])
        return answer[0], scores, logits

    def _candidates(
        self, points: Tensor | None, labels: Tensor | None, boxes: Tensor | None, mask: Tensor | None
    ) -> tuple[Tensor, Tensor]:
        prompts, decoder = self.model.prompt_encoder, self.model.mask_decoder
        sparse, dense = prompts(points=None if points is None else (points, labels), boxes=boxes, masks=mask)
        logits, scores = decoder.predict_masks(
            image_embeddings=self.features,
            image_pe=prompts.get_dense_pe(),
            sparse_prompt_embeddings=sparse,
            dense_prompt_embeddings=dense,
            hq_features=self.hq_features(),
        )
        return logits[:, 1:4] + logits[:, 4:], scores[:, 1:]
