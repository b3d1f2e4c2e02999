import { expect, test } from "vitest";
import fixtures from "../../../tests/fixtures/scores.json";
import { type LowResLogits, maskScores } from "./logits";

function logitsOf({ logits, valid_hw, threshold }: (typeof fixtures)[number]): LowResLogits {
  const [height = 0, width = 0] = valid_hw;
  return {
    height: logits.length,
    width: logits[0]?.length ?? 0,
    data: Float32Array.from(logits.flat()),
    extentHw: [height, width],
    threshold,
  };
}

test.each(fixtures)("$name has the scores that Python gives", (fixture) => {
  const scores = maskScores(logitsOf(fixture), fixture.offset);
  expect(scores.stabilityScore).toBeCloseTo(fixture.stability_score, 9);
  expect(scores.meanLogit).toBeCloseTo(fixture.mean_logit, 6);
});
