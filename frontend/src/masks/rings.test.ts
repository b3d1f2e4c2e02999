import { describe, expect, test } from "vitest";
import { encodePolygon } from "./polygon";
import { maskRings, ringArea } from "./rings";
import { encodeMask } from "./rleEncoder";
import { drawnMask, manyMasks } from "./testing";

const ringsOf = (...rows: string[]) => maskRings(encodeMask(drawnMask(rows)).rle);
const corners = (ring: readonly { x: number; y: number }[] | undefined) => ring?.map(({ x, y }) => [x, y]);

test("the rings of any mask, filled again, are the same mask", () => {
  for (const mask of manyMasks()) {
    const encoded = encodeMask(mask);
    expect(encodePolygon(maskRings(encoded.rle), [mask.height, mask.width])).toEqual(encoded);
  }
});

test("the areas of the rings, holes negative, sum to that of the mask", () => {
  for (const mask of manyMasks()) {
    const { rle, area } = encodeMask(mask);
    expect(maskRings(rle).reduce((sum, ring) => sum + ringArea(ring), 0)).toBe(area);
  }
});

describe("a ring", () => {
  test("has only corners, clockwise around foreground", () => {
    expect(ringsOf(".....", ".###.", ".....").map(corners)).toEqual([
      [
        [1, 2],
        [1, 1],
        [4, 1],
        [4, 2],
      ],
    ]);
  });

  test("goes counter-clockwise around a hole", () => {
    const [outer, hole] = ringsOf("###", "#.#", "###");
    expect([ringArea(outer ?? []), ringArea(hole ?? [])]).toEqual([9, -1]);
    expect(corners(hole)).toContainEqual([1, 1]);
  });

  test("is one of its own for each pixel that touches others only at a corner", () => {
    expect(ringsOf("#.#", ".#.", "#.#").map(ringArea)).toEqual([1, 1, 1, 1, 1]);
    expect(ringsOf(".#", "#.").map(ringArea)).toEqual([1, 1]);
  });

  test("holds holes that touch at a corner together", () => {
    expect(ringsOf("####", "#.##", "##.#", "####").map(ringArea)).toEqual([16, -2]);
    expect(ringsOf("####", "##.#", "#.##", "####").map(ringArea)).toEqual([16, -2]);
  });

  test("is not there without foreground", () => {
    expect(ringsOf("...", "...")).toEqual([]);
  });
});
