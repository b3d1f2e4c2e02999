import { expect, test } from "vitest";
import { emptyMask } from "./binaryMask";
import { RleLookup, rleIou } from "./compare";
import type { Rle } from "./rle";
import { encodeMask } from "./rleEncoder";

function rectangle(left: number, top: number, right: number, bottom: number): Rle {
  const mask = emptyMask(10, 12);
  for (let row = top; row < bottom; row++) mask.data.fill(1, row * 12 + left, row * 12 + right);
  return encodeMask(mask).rle;
}

test("IoU of two rectangles is that of their pixels", () => {
  expect(rleIou(rectangle(0, 0, 4, 4), rectangle(2, 2, 6, 6))).toBeCloseTo(4 / 28);
  expect(rleIou(rectangle(1, 1, 5, 5), rectangle(1, 1, 5, 5))).toBe(1);
  expect(rleIou(rectangle(0, 0, 4, 4), rectangle(6, 6, 8, 8))).toBe(0);
});

test("two empty masks are equal", () => {
  expect(rleIou(rectangle(0, 0, 0, 0), rectangle(0, 0, 0, 0))).toBe(1);
});

test("masks of different sizes are not compared", () => {
  const other: Rle = { size: [12, 10], counts: "h3" };
  expect(() => rleIou(rectangle(0, 0, 1, 1), other)).toThrow(RangeError);
});

test("a lookup finds the pixels of the mask and no others", () => {
  const lookup = new RleLookup(rectangle(2, 3, 7, 9));
  expect(lookup.has(2, 3)).toBe(true);
  expect(lookup.has(6, 8)).toBe(true);
  expect(lookup.has(7, 8)).toBe(false);
  expect(lookup.has(6, 9)).toBe(false);
  expect(lookup.has(-1, 4)).toBe(false);
  expect(lookup.has(3, 12)).toBe(false);
});
