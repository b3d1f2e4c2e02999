import { expect, test } from "vitest";
import { type Annotation, completed } from "../../document";
import { EVERYTHING, isFiltering, type ListQuery, listed } from "./listQuery";

const CATEGORIES = [
  { id: 11, name: "Café", color: "#ff0000" },
  { id: 12, name: "big dog", color: "#00ff00" },
];

function annotation(id: string, position: number, more: Partial<Annotation> = {}): Annotation {
  return completed(
    {
      id,
      imageId: 1,
      categoryId: 11,
      rle: { size: [1, 1], counts: "0" },
      area: 1,
      bboxXywh: [0, 0, 1, 1],
      source: "prompt",
      provenance: {},
      ...more,
    },
    position,
  );
}

const ALL = [
  annotation("a", 1, { area: 50, provenance: { predicted_iou: 0.9 } }),
  annotation("b", 2, { area: 70, categoryId: 12, source: "manual", attributes: { breed: "collie" } }),
  annotation("c", 3, { area: 60, provenance: { predicted_iou: 0.5 } }),
];

const idsOf = (query: Partial<ListQuery>): string =>
  listed(ALL, { ...EVERYTHING, ...query }, CATEGORIES)
    .map(({ id }) => id)
    .join("");

test("what lies on top is on top of the list", () => {
  expect(idsOf({})).toBe("cba");
});

test("it is sorted by area, score and category; what is drawn by hand comes after what has a score", () => {
  expect(idsOf({ order: "area" })).toBe("bca");
  expect(idsOf({ order: "score" })).toBe("cab");
  expect(idsOf({ order: "category" })).toBe("cab");
});

test("words are looked for in the category's name and the attributes, without accents and case", () => {
  expect(idsOf({ text: "cafe" })).toBe("ca");
  expect(idsOf({ text: " DOG big " })).toBe("b");
  expect(idsOf({ text: "collie" })).toBe("b");
  expect(idsOf({ text: "cat" })).toBe("");
});

test("category, source and score narrow it together", () => {
  expect(idsOf({ categoryId: 11 })).toBe("ca");
  expect(idsOf({ source: "manual" })).toBe("b");
  expect(idsOf({ categoryId: 11, score: { score: "predicted_iou", max: 0.8 } })).toBe("c");
});

test("an order leaves nothing out", () => {
  expect(isFiltering({ ...EVERYTHING, order: "area" })).toBe(false);
  expect(isFiltering({ ...EVERYTHING, text: "x" })).toBe(true);
});
