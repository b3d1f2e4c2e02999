"""The loop trains the decoder of a published segmenter: SAM with a small encoder and random weights."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from transformers import SamConfig, SamModel
from transformers.models.sam.configuration_sam import (
    SamMaskDecoderConfig,
    SamPromptEncoderConfig,
    SamVisionConfig,
)

from segmentation.segmenters.pocket.decoder import Prompt
from segmentation.segmenters.promptable import EmbeddingTensor, PromptableNetwork
from segmentation.segmenters.sam.decoder import SamDecoder
from segmentation.segmenters.sam.family import input_rule
from segmentation.segmenters.sam.vit import VitEncoder
from segmentation.training.batches import batch_source
from segmentation.training.command import make_scenes
from segmentation.training.distillation import Teacher
from segmentation.training.family_trainee import FamilyTrainee
from segmentation.training.recipe import Recipe
from segmentation.training.regions import open_cache
from segmentation.training.trainer import Trainer

pytestmark = pytest.mark.more

SIDE = 128  # pixels of SAM's input here; its logits are 32 x 32


@pytest.fixture
def sam() -> PromptableNetwork:
    torch.manual_seed(0)
    vision = SamVisionConfig(
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        image_size=SIDE,
        mlp_dim=64,
        global_attn_indexes=[1],
        window_size=4,
    )
    prompts = SamPromptEncoderConfig(image_size=SIDE, patch_size=16)
    model = SamModel(
        SamConfig(
            vision_config=vision, prompt_encoder_config=prompts, mask_decoder_config=SamMaskDecoderConfig()
        )
    )
    return PromptableNetwork(
        family="sam",
        variant="small",
        input=input_rule(SIDE),
        embedding=(EmbeddingTensor("image_embedding", (1, 256, 8, 8)),),
        encoder=VitEncoder(model.vision_encoder).eval(),
        decoder=SamDecoder(model.prompt_encoder, model.mask_decoder).eval(),
        decoder_kind="sam",
        low_res_hw=(32, 32),
    )


def prompt_of(labels: list[int], *, box: bool = False, mask: bool = False) -> Prompt:
    """One object on one crop of 64 pixels."""
    points = torch.tensor([[20.0, 30.0], [40.0, 10.0]])[: len(labels)]
    return Prompt(
        points_xy=points[None, None],
        labels=torch.tensor(labels)[None, None],
        box_xyxy=torch.tensor([8.0, 8.0, 40.0, 48.0])[None, None],
        has_box=torch.full((1, 1), float(box)),
        previous_logits=torch.ones(1, 1, 16, 16) * 3,
        has_previous=torch.full((1, 1), float(mask)),
    )


def test_a_single_click_asks_the_multi_mask_tokens(sam: PromptableNetwork) -> None:
    trainee = FamilyTrainee(sam)
    context = trainee.context(trainee.embed(torch.rand(1, 3, 64, 64)))
    with torch.no_grad():
        one = trainee.decode(context, prompt_of([1, -1]))
        boxed = trainee.decode(context, prompt_of([1, -1], box=True))
        masks, scores = sam.decoder(*context, torch.tensor([[[40.0, 60.0]]]), torch.ones(1, 1), None)
    assert one.logits.shape == (1, 1, 3, 16, 16)
    torch.testing.assert_close(one.predicted_iou[0], scores[:, 1:])
    expected = torch.nn.functional.interpolate(masks, (16, 16), mode="bilinear")
    torch.testing.assert_close(one.logits[0], expected[:, 1:])
    assert torch.equal(boxed.logits[0, 0, 0], boxed.logits[0, 0, 2])  # the single mask, three times


def test_the_mask_prompt_is_heard(sam: PromptableNetwork) -> None:
    trainee = FamilyTrainee(sam)
    context = trainee.embed(torch.rand(1, 3, 64, 64))
    with torch.no_grad():
        without, with_mask = (
            trainee.decode(context, prompt_of([1, 0], mask=mask)).logits for mask in (False, True)
        )
    assert not torch.allclose(without, with_mask)


def test_the_loop_trains_the_decoder_and_nothing_else(
    sam: PromptableNetwork, data: Path, recipe: Recipe, tmp_path: Path
) -> None:
    small = replace(
        recipe,
        prompts=replace(recipe.prompts, first_only=0.5, rounds=(2,), round_weights=(1.0,)),
        optimiser=replace(recipe.optimiser, learning_rate=1e-3, warmup_steps=2),
    )
    scenes = make_scenes(open_cache(data, list(small.data), tmp_path / "cache"), small)
    encoder = {name: tensor.clone() for name, tensor in sam.encoder.state_dict().items()}
    prompts = {name: tensor.clone() for name, tensor in sam.decoder.prompt_encoder.state_dict().items()}
    trainer = Trainer(FamilyTrainee(sam), small, seconds=600, out=tmp_path / "out")
    with batch_source(scenes, small, threads=1) as source:
        batch = source.get(0, 64)
        losses = [trainer.train_step(batch).total.item() for _ in range(12)]
    assert np.mean(losses[-3:]) < np.mean(losses[:3])
    assert all(torch.equal(tensor, encoder[name]) for name, tensor in sam.encoder.state_dict().items())
    assert all(torch.equal(t, prompts[name]) for name, t in sam.decoder.prompt_encoder.state_dict().items())
    trainer.checkpoint()
    saved = load_file(tmp_path / "out" / "decoder.safetensors")
    assert saved.keys() == sam.decoder.state_dict().keys()


def test_it_can_teach(sam: PromptableNetwork) -> None:
    taught = Teacher(FamilyTrainee(sam)).probabilities(torch.rand(1, 3, 64, 64), prompt_of([1, -1]))
    assert taught.shape == (1, 1, 3, 16, 16)
    assert 0 <= taught.min() <= taught.max() <= 1
    assert not taught.requires_grad
