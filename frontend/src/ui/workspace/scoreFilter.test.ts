import { expect, test } from "vitest";
import type { Annotation, Provenance } from "../../document";
import { passesFilter, scoresInWords } from "./scoreFilter";

function annotationWith(provenance: Provenance): Annotation {
  return {
    id: "00000000-0000-4000-8000-000000000000",
    imageId: 1,
    categoryId: 1,
    rle: { size: [1, 1], counts: "1" },
    area: 0,
    bboxXywh: [0, 0, 0, 0],
    source: "prompt",
    provenance,
    attributes: {},
    locked: false,
    position: 1,
  };
}

test("without a filter every annotation is shown", () => {
  expect(passesFilter(annotationWith({}), null)).toBe(true);
});

test("a filter shows what is scored at most so high", () => {
  const filter = { score: "stability_score", max: 0.8 } as const;
  expect(passesFilter(annotationWith({ stability_score: 0.79 }), filter)).toBe(true);
  expect(passesFilter(annotationWith({ stability_score: 0.8 }), filter)).toBe(true);
  expect(passesFilter(annotationWith({ stability_score: 0.81 }), filter)).toBe(false);
});

test("a mask that was drawn by hand has no score to be found by", () => {
  expect(passesFilter(annotationWith({ predicted_iou: 0.2 }), { score: "mean_logit", max: 20 })).toBe(false);
});

test("scores are told as far as they are known", () => {
  expect(scoresInWords(annotationWith({ predicted_iou: 0.934, mean_logit: 7.25 }))).toBe(
    "Predicted IoU 0.93 · Mean logit 7.25",
  );
  expect(scoresInWords(annotationWith({}))).toBe("");
});
