import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from segmentation.scores import mean_logit_magnitude, stability_score

CASES = json.loads((Path(__file__).parents[1] / "fixtures" / "scores.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_scores_are_those_of_the_browser(case: dict[str, Any]) -> None:
    logits = np.array(case["logits"], np.float32)
    valid_hw = (case["valid_hw"][0], case["valid_hw"][1])
    stability = stability_score(logits, valid_hw=valid_hw, threshold=case["threshold"], offset=case["offset"])
    assert stability == pytest.approx(case["stability_score"], abs=1e-6)
    magnitude = mean_logit_magnitude(logits, valid_hw=valid_hw, threshold=case["threshold"])
    assert magnitude == pytest.approx(case["mean_logit"], rel=1e-5)


def test_the_official_definition() -> None:
    """`calculate_stability_score`: intersections over unions of two nested masks."""
    logits = np.random.default_rng(3).normal(0, 2, (64, 64)).astype(np.float32)
    intersection, union = (logits > 1).sum(), (logits > -1).sum()
    assert stability_score(logits, valid_hw=(64, 64)) == pytest.approx(intersection / union)
