"""A teacher: a larger segmenter answers the same prompts, and its masks count as truth beside the truth."""

from __future__ import annotations

import torch
from torch import Tensor

from segmentation.segmenters.pocket.decoder import Prompt
from segmentation.training.losses import mask_loss
from segmentation.training.trainee import Trainee


class Teacher:
    """Answers without gradients. Any trainee can teach."""

    def __init__(self, trainee: Trainee) -> None:
        self.trainee = trainee
        trainee.trained.eval()

    @torch.no_grad()
    def probabilities(self, rgb: Tensor, prompt: Prompt) -> Tensor:
        """(B, K, M, h, w) of its candidates in 0..1."""
        context = self.trainee.context(self.trainee.embed(rgb))
        return torch.sigmoid(self.trainee.decode(context, prompt).logits.float())


def distillation_loss(logits: Tensor, taught: Tensor) -> Tensor:
    """Every mask of the teacher should be among the pupil's: (N, M, h, w), (N, T, h, w) -> scalar.

    So the pupil learns the whole, the part and the subpart, where the truth names only one of them.
    """
    losses = [mask_loss(logits, taught[:, index]).min(1).values for index in range(taught.shape[1])]
    return torch.stack(losses).mean()
