import { expect, test } from "vitest";
import { imagePoint } from "../geometry";
import { type CandidateSet, chooseCandidate } from "./candidates";
import {
  EMPTY_PROMPT,
  isEmptyPrompt,
  isQuestion,
  refining,
  replacePoints,
  withBox,
  withCandidates,
  withPoint,
} from "./prompt";

const logits = (value: number) =>
  ({ height: 1, width: 1, data: Float32Array.of(value), extentHw: [1, 1], threshold: 0 }) as const;
const candidates: CandidateSet = {
  all: [0.9, 0.8, 0.7].map((predictedIou) => ({
    lowResLogits: logits(predictedIou),
    predictedIou,
    stabilityScore: 1,
    meanLogit: 2,
  })),
  chosen: 0,
  isComplete: true,
};
const added = { point: imagePoint(1, 2), label: 1 } as const;

test("a further point feeds back the logits of the candidate that is looked at", () => {
  const first = withPoint(EMPTY_PROMPT, added);
  expect(first.previousLogits).toBeNull();
  const answered = withCandidates(first, chooseCandidate(candidates, 1));
  expect(withPoint(answered, added).previousLogits).toBe(candidates.all[1]?.lowResLogits);
  expect(withPoint(answered, added).candidates).toBeNull();
});

test("a point that comes before the answer keeps the logits of the round before", () => {
  const answered = withCandidates(withPoint(EMPTY_PROMPT, added), candidates);
  const hurried = withPoint(withPoint(answered, added), added);
  expect(hurried.points).toHaveLength(3);
  expect(hurried.previousLogits).toBe(candidates.all[0]?.lowResLogits);
});

test("a box starts anew", () => {
  const box = { x0: 1, y0: 2, x1: 3, y1: 4 };
  expect(withBox(box)).toEqual({ points: [], box, previousLogits: null, candidates: null });
  expect(isEmptyPrompt(withBox(box))).toBe(false);
});

test("candidates are chosen around both ends", () => {
  expect(chooseCandidate(candidates, -1).chosen).toBe(2);
  expect(chooseCandidate(candidates, 3).chosen).toBe(0);
});

test("a mask that is refined is no question before the first point, and what points refer to afterwards", () => {
  const refines = { id: "a", logits: logits(3) };
  const begun = refining(refines);
  expect([isEmptyPrompt(begun), isQuestion(begun)]).toEqual([false, false]);
  const answered = withCandidates(withPoint(begun, added), candidates);
  expect(answered.previousLogits).toBe(refines.logits);
  expect(replacePoints(answered, []).previousLogits).toBe(refines.logits);
  expect(withBox({ x0: 0, y0: 0, x1: 1, y1: 1 }, answered).refines).toBe(refines);
});

test("points that are moved forget the logits that were made from the old ones", () => {
  const answered = withCandidates(withPoint(EMPTY_PROMPT, added), candidates);
  const again = withPoint(answered, added);
  expect(replacePoints(again, [added])).toMatchObject({ points: [added], previousLogits: null, candidates: null });
});
