import { expect, test } from "vitest";
import { type Annotation, completed } from "../../../document";
import { emptyMask, encodeMask } from "../../../masks";
import { agreementInWords, differencesOf } from "./differences";

function annotation(columns: number, more: Partial<Annotation> = {}): Annotation {
  const mask = emptyMask(1, 10);
  mask.data.fill(1, 0, columns);
  const of = { id: "a", imageId: 1, categoryId: 1, ...encodeMask(mask), source: "manual", provenance: {} } as const;
  return completed({ ...of, ...more }, 1);
}
const nameOf = (id: number): string => (id === 1 ? "cat" : "dog");

test("what is the same is not named", () => {
  expect(differencesOf(annotation(4), annotation(8), nameOf)).toEqual([]);
});

test("category, attributes and lock are compared in words", () => {
  const mine = annotation(4, { attributes: { pose: "sits", tame: true } });
  const theirs = annotation(4, { categoryId: 2, attributes: { pose: "sits", legs: 4 }, locked: true });
  expect(differencesOf(mine, theirs, nameOf)).toEqual([
    { what: "Category", mine: "cat", theirs: "dog" },
    { what: "tame", mine: "yes", theirs: "–" },
    { what: "legs", mine: "–", theirs: "4" },
    { what: "Lock", mine: "not locked", theirs: "locked" },
  ]);
});

test("the agreement of the masks is told", () => {
  expect(agreementInWords(annotation(4), annotation(8))).toBe("The masks agree in 50% of their pixels (IoU).");
  expect(agreementInWords(annotation(4), annotation(4))).toBe("The masks are the same.");
});
