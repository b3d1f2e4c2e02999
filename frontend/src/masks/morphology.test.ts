import { describe, expect, test } from "vitest";
import { type BinaryMask, emptyMask } from "./binaryMask";
import { growMask, shrinkMask } from "./morphology";
import { decodeRle } from "./rleDecoder";
import { encodeMask } from "./rleEncoder";
import { smoothMask } from "./smooth";
import { drawing, drawnMask, manyMasks } from "./testing";

const RADII = [0, 1, 1.5, 2, 4.3];

/** The values of all pixels of the image no farther than `radius` from one, centre to centre. */
function around(mask: BinaryMask, row: number, column: number, radius: number): number[] {
  const values: number[] = [];
  for (let y = 0; y < mask.height; y++) {
    for (let x = 0; x < mask.width; x++) {
      const isNear = (x - column) ** 2 + (y - row) ** 2 <= radius * radius;
      if (isNear) values.push(mask.data[y * mask.width + x] ?? 0);
    }
  }
  return values;
}

function filtered(mask: BinaryMask, radius: number, rule: (values: number[], old: number) => boolean): BinaryMask {
  const data = mask.data.map((old, at) =>
    rule(around(mask, Math.floor(at / mask.width), at % mask.width, radius), old) ? 1 : 0,
  );
  return { ...mask, data };
}

function majority(values: number[], old: number): boolean {
  const foreground = values.reduce((sum, value) => sum + value, 0);
  return 2 * foreground === values.length ? old === 1 : 2 * foreground > values.length;
}

const CASES = [
  { name: "growing", operation: growMask, rule: (values: number[]) => values.includes(1) },
  { name: "shrinking", operation: shrinkMask, rule: (values: number[]) => !values.includes(0) },
  { name: "smoothing", operation: smoothMask, rule: majority },
];

describe.each(CASES)("$name", ({ operation, rule }) => {
  test.each(RADII)("by a disc of radius %f is what the definition says, pixel by pixel", (radius) => {
    for (const mask of manyMasks().filter((_, index) => index % 5 === 0)) {
      const { rle, area } = operation(encodeMask(mask).rle, radius);
      const expected = filtered(mask, radius, rule);
      expect(decodeRle(rle)).toEqual(expected);
      expect(area).toBe(encodeMask(expected).area);
    }
  });

  test.each([
    ["empty", 0],
    ["full", 1],
  ])("leaves an %s mask as it is", (_, value) => {
    const mask = { ...emptyMask(9, 7), data: new Uint8Array(63).fill(value) };
    expect(operation(encodeMask(mask).rle, 3)).toEqual(encodeMask(mask));
  });
});

test("a mask that runs out of the image does not shrink away from its edge", () => {
  const { rle } = encodeMask(drawnMask(["###.", "###.", "###."]));
  expect(drawing(decodeRle(shrinkMask(rle, 1).rle))).toEqual(["##..", "##..", "##.."]);
});

test("smoothing takes bumps off, fills notches, and keeps straight edges", () => {
  const { rle } = encodeMask(drawnMask([".......", "...#...", "#######", "###.###", "#######", "#######"]));
  expect(drawing(decodeRle(smoothMask(rle, 1.5).rle))).toEqual([
    ".......",
    ".......",
    "#######",
    "#######",
    "#######",
    "#######",
  ]);
});
