import { describe, expect, test } from "vitest";
import { type BinaryMask, emptyMask } from "./binaryMask";
import { type Combination, combineCounts, combineRle } from "./combine";
import { decodeRle } from "./rleDecoder";
import { countsOfMask, encodeMask } from "./rleEncoder";
import { manyMasks } from "./testing";

const RULES: Record<Combination, (a: number, b: number) => number> = {
  union: (a, b) => a | b,
  subtract: (a, b) => a & (1 - b),
  intersect: (a, b) => a & b,
};
const HOWS = Object.keys(RULES) as Combination[];

function pixelwise(a: BinaryMask, b: BinaryMask, how: Combination): BinaryMask {
  return { ...a, data: a.data.map((value, at) => RULES[how](value, b.data[at] ?? 0)) };
}

describe.each(HOWS)("%s", (how) => {
  test("of any two masks is that of their pixels, as an encoder would write it", () => {
    const masks = manyMasks();
    masks.forEach((a, index) => {
      const b = masks[(index + 1) % masks.length] as BinaryMask;
      if (a.width !== b.width) return;
      const expected = encodeMask(pixelwise(a, b, how));
      expect(combineRle(encodeMask(a).rle, encodeMask(b).rle, how)).toEqual(expected);
    });
  });

  test("with an empty and with a full mask", () => {
    const empty = emptyMask(3, 5);
    const full = { ...empty, data: new Uint8Array(15).fill(1) };
    for (const [a, b] of [
      [empty, full],
      [full, empty],
      [full, full],
      [empty, empty],
    ] as const) {
      expect(decodeRle(combineRle(encodeMask(a).rle, encodeMask(b).rle, how).rle)).toEqual(pixelwise(a, b, how));
    }
  });
});

test("empty runs in the middle do not disturb", () => {
  expect(combineCounts([2, 3, 0, 1, 4], [10], "union")).toEqual([2, 4, 4]);
  expect(combineCounts([2, 8, 0], [0, 10], "intersect")).toEqual([2, 8]);
});

test("masks of different sizes are refused", () => {
  const [a, b] = [encodeMask(emptyMask(2, 6)).rle, encodeMask(emptyMask(3, 4)).rle];
  expect(() => combineRle(a, b, "union")).toThrow(RangeError);
  expect(() => combineCounts([5], countsOfMask(emptyMask(2, 3)), "union")).toThrow(RangeError);
});
