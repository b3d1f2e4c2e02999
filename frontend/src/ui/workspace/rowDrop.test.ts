import { expect, test } from "vitest";
import { placeOfDrop } from "./rowDrop";

const DRAWN = ["a", "b", "c", "d"];
const SHOWN = ["d", "c", "b", "a"];

test.each([
  ["a", 0, 3],
  ["a", 1, 2],
  ["a", 3, 0],
  ["d", 4, 0],
  ["d", 2, 2],
  ["b", 0, 3],
])("%s dropped before row %i lies over %i others", (moved, gap, below) => {
  expect(placeOfDrop(DRAWN, SHOWN, moved, gap)).toBe(below);
});

test("among filtered rows it goes next to the rows in sight", () => {
  expect(placeOfDrop(DRAWN, ["d", "a"], "d", 2)).toBe(0);
  expect(placeOfDrop(DRAWN, ["c", "a"], "a", 0)).toBe(2);
  expect(placeOfDrop(DRAWN, ["b"], "b", 1)).toBe(0);
});
