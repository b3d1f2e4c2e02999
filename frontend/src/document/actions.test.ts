import { expect, test } from "vitest";
import { addAnnotation, applyChanges, removeAnnotation, replaceMask, setCategory } from "./actions";
import type { Annotation } from "./annotation";
import { changesBetween, documentOf, EMPTY_DOCUMENT } from "./document";

const annotation = (id: string, categoryId = 1, position = id.charCodeAt(0)): Annotation => ({
  id,
  imageId: 1,
  categoryId,
  rle: { size: [2, 3], counts: "015" },
  area: 1,
  bboxXywh: [0, 0, 1, 1],
  source: "prompt",
  provenance: {},
  attributes: {},
  locked: false,
  position,
});
const two = documentOf([annotation("a"), annotation("b")]);

test("adding puts the annotation on top and leaves the old document alone", () => {
  const document = addAnnotation(annotation("c"))(two);
  expect([...document.annotations.keys()]).toEqual(["a", "b", "c"]);
  expect(two.annotations.size).toBe(2);
});

test("an edit that changes nothing returns the same document", () => {
  expect(setCategory("a", 1)(two)).toBe(two);
  expect(setCategory("missing", 2)(two)).toBe(two);
  expect(removeAnnotation("missing")(two)).toBe(two);
});

test("changing a mask or a category keeps the drawing order", () => {
  const content = { rle: { size: [2, 3], counts: "51" }, area: 1, bboxXywh: [2, 1, 1, 1], provenance: {} } as const;
  const document = setCategory("a", 7)(replaceMask("a", content)(two));
  expect([...document.annotations.keys()]).toEqual(["a", "b"]);
  expect(document.annotations.get("a")).toMatchObject({ categoryId: 7, rle: content.rle });
});

test("the changes between two documents name what was added, changed and removed, and nothing else", () => {
  const after = addAnnotation(annotation("c"))(removeAnnotation("a")(setCategory("b", 2)(two)));
  expect(changesBetween(two, after)).toEqual([
    { id: "a", before: annotation("a"), after: null },
    { id: "b", before: annotation("b"), after: annotation("b", 2) },
    { id: "c", before: null, after: annotation("c") },
  ]);
  expect(changesBetween(two, two)).toEqual([]);
});

test("changes can be applied to another document", () => {
  const changes = changesBetween(EMPTY_DOCUMENT, two);
  expect(applyChanges(changes)(documentOf([annotation("z")])).annotations.size).toBe(3);
});

test("what comes back returns to its place in the drawing order", () => {
  const without = removeAnnotation("a")(two);
  const [removal] = changesBetween(two, without);
  const back = removal && { ...removal, before: null, after: removal.before };
  expect([...applyChanges(back ? [back] : [])(without).annotations.keys()]).toEqual(["a", "b"]);
});
