import { describe, expect, test } from "vitest";
import { imagePoint } from "../geometry";
import type { BinaryMask } from "./binaryMask";
import { combineRle } from "./combine";
import { maskParts, removeSpecks } from "./components";
import { fillHoleAt, fillHoles } from "./holes";
import { decodeRle } from "./rleDecoder";
import { encodeMask } from "./rleEncoder";
import { drawing, drawnMask, manyMasks } from "./testing";

const NEXT = {
  4: [
    [0, 1],
    [1, 0],
    [0, -1],
    [-1, 0],
  ],
  8: [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => [dy, dx])),
};

/** Flood fill by definition: the pixels of each region that has the given value. */
function regions({ data, height, width }: BinaryMask, value: number, connectivity: 4 | 8): number[][] {
  const seen = new Set<number>();
  const found: number[][] = [];
  for (let start = 0; start < data.length; start++) {
    if (data[start] !== value || seen.has(start)) continue;
    const region = [start];
    seen.add(start);
    for (const at of region) {
      for (const [dy = 0, dx = 0] of NEXT[connectivity]) {
        const [y, x] = [Math.floor(at / width) + dy, (at % width) + dx];
        const next = y * width + x;
        if (y < 0 || x < 0 || y >= height || x >= width || data[next] !== value || seen.has(next)) continue;
        seen.add(next);
        region.push(next);
      }
    }
    found.push(region);
  }
  return found;
}

const pixelsOf = ({ data }: BinaryMask): number[] => [...data.keys()].filter((at) => data[at]);
const rleOf = (...rows: string[]) => encodeMask(drawnMask(rows)).rle;
const ascending = (numbers: number[]): number[] => numbers.sort((a, b) => a - b);

function isOpen(region: number[], { height, width }: BinaryMask): boolean {
  return region.some((at) => {
    const [y, x] = [Math.floor(at / width), at % width];
    return y === 0 || x === 0 || y === height - 1 || x === width - 1;
  });
}

describe("parts of any mask", () => {
  test("are what a flood fill finds, the largest first", () => {
    for (const mask of manyMasks()) {
      const parts = maskParts(encodeMask(mask).rle);
      const expected = regions(mask, 1, 8).map((region) => ascending(region).join());
      expect(parts.map(({ rle }) => pixelsOf(decodeRle(rle)).join()).sort()).toEqual(expected.sort());
      expect(parts.map(({ area }) => area)).toEqual(parts.map(({ area }) => area).sort((a, b) => b - a));
    }
  });

  test("are without those of fewer pixels when specks are removed", () => {
    for (const mask of manyMasks()) {
      const kept = regions(mask, 1, 8).filter((region) => region.length >= 5);
      expect(pixelsOf(decodeRle(removeSpecks(encodeMask(mask).rle, 5).rle))).toEqual(ascending(kept.flat()));
    }
  });
});

describe("holes", () => {
  test.each([Number.POSITIVE_INFINITY, 3])("of at most %f pixels are filled, in any mask", (maxArea) => {
    for (const mask of manyMasks()) {
      const holes = regions(mask, 0, 4).filter((region) => !isOpen(region, mask) && region.length <= maxArea);
      const filled = ascending([...pixelsOf(mask), ...holes.flat()]);
      expect(pixelsOf(decodeRle(fillHoles(encodeMask(mask).rle, maxArea).rle))).toEqual(filled);
    }
  });

  test("are filled one by one, where somebody points", () => {
    const rle = rleOf("######", "#.##.#", "#.##.#", "######");
    expect(drawing(decodeRle(fillHoleAt(rle, imagePoint(4.5, 2.5))?.rle ?? rle))).toEqual([
      "######",
      "#.####",
      "#.####",
      "######",
    ]);
  });

  test("are not where the mask is, nor out at the edge of the image", () => {
    const rle = rleOf("###.", "#.#.", "###.");
    expect(fillHoleAt(rle, imagePoint(0.5, 0.5))).toBeNull();
    expect(fillHoleAt(rle, imagePoint(3.5, 1.5))).toBeNull();
    expect(fillHoleAt(rle, imagePoint(-2, 1.5))).toBeNull();
    expect(fillHoleAt(rle, imagePoint(1.5, 1.5))?.area).toBe(9);
  });
});

test("the parts of a mask together are the mask", () => {
  for (const mask of manyMasks().filter(({ data }) => data.includes(1))) {
    const { rle } = encodeMask(mask);
    const parts = maskParts(rle).map((part) => part.rle);
    expect(parts.reduce((whole, part) => combineRle(whole, part, "union").rle)).toEqual(rle);
  }
});
