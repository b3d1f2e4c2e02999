import { expect, test } from "vitest";
import { type BinaryMask, emptyMask } from "../masks";
import { boundsOf, outlineSegments, tintMask } from "./maskPixels";

function draw(...rows: readonly string[]): BinaryMask {
  const mask = emptyMask(rows.length, rows[0]?.length ?? 0);
  mask.data.set([...rows.join("")].map((cell) => (cell === "#" ? 1 : 0)));
  return mask;
}
const RING = draw(".....", ".###.", ".#.#.", ".###.");
const whole = ({ width, height }: BinaryMask) => ({ left: 0, top: 0, right: width, bottom: height });

test("the bounds are as tight as they can be", () => {
  expect(boundsOf(RING)).toEqual({ left: 1, top: 1, right: 4, bottom: 4 });
  expect(boundsOf(draw("...#", "#..."))).toEqual({ left: 0, top: 0, right: 4, bottom: 2 });
  expect(boundsOf(draw("...", "..."))).toBeNull();
});

test("the border is more opaque than the inside, and the background is transparent", () => {
  const mask = draw("......", ".####.", ".####.", ".####.", "......");
  const pixels = tintMask(mask, whole(mask), { color: [1, 2, 3], fillAlpha: 100, edgeAlpha: 200 });
  const alphaAt = (row: number, column: number) => pixels[(row * 6 + column) * 4 + 3];
  expect([alphaAt(0, 0), alphaAt(1, 1), alphaAt(2, 2), alphaAt(2, 4)]).toEqual([0, 200, 100, 200]);
  expect(Array.from(pixels.slice((2 * 6 + 2) * 4, (2 * 6 + 2) * 4 + 3))).toEqual([1, 2, 3]);
});

test("only the pixels inside the bounds are made", () => {
  const bounds = { left: 1, top: 1, right: 4, bottom: 3 };
  const pixels = tintMask(RING, bounds, { color: [9, 9, 9], fillAlpha: 50, edgeAlpha: 50 });
  expect(Array.from(pixels.filter((_, at) => at % 4 === 3))).toEqual([50, 50, 50, 50, 0, 50]);
});

test("the outline goes around holes too, in segments as long as possible", () => {
  const segments = outlineSegments(RING, boundsOf(RING) ?? whole(RING));
  const lines = Array.from({ length: segments.length / 4 }, (_, at) => segments.slice(at * 4, at * 4 + 4).join(" "));
  expect(lines.sort()).toEqual([
    "1 1 1 4",
    "1 1 4 1",
    "1 4 4 4",
    "2 2 2 3",
    "2 2 3 2",
    "2 3 3 3",
    "3 2 3 3",
    "4 1 4 4",
  ]);
});

test("a mask that fills the image is outlined along the image's border", () => {
  const full = draw("##", "##");
  expect(outlineSegments(full, whole(full))).toHaveLength(4 * 4);
});
