import { expect, test } from "vitest";
import { imagePoint } from "../geometry";
import { emptyMask } from "./binaryMask";
import { rleIou } from "./compare";
import { isForegroundAt, logitsOfMask } from "./maskLogits";
import { encodeLogits } from "./rasterise";
import { encodeMask } from "./rleEncoder";

/** 300 x 200 pixels on a grid of 64 x 64 of which 42.67 rows show the image. */
const GRID = { height: 64, width: 64, extentHw: [42.67, 64], threshold: 0 } as const;

function disc(height: number, width: number) {
  const mask = emptyMask(height, width);
  mask.data.forEach((_, at) => {
    const [x, y] = [(at % width) - 120, Math.floor(at / width) - 90];
    mask.data[at] = x * x + y * y < 70 * 70 ? 1 : 0;
  });
  return encodeMask(mask).rle;
}

test("the logits of a mask give the mask back, to a fraction of a cell", () => {
  const rle = disc(200, 300);
  const back = encodeLogits(logitsOfMask(rle, GRID), [200, 300]).rle;
  expect(rleIou(rle, back)).toBeGreaterThan(0.98);
});

test("padding is background", () => {
  const { data } = logitsOfMask(disc(200, 300), GRID);
  expect(Math.max(...data.subarray(43 * 64))).toBeCloseTo(-6.907, 2);
});

test("foreground is found where it is, and nowhere outside of the image", () => {
  const logits = logitsOfMask(disc(200, 300), GRID);
  expect(isForegroundAt(logits, imagePoint(120, 90), [200, 300])).toBe(true);
  expect(isForegroundAt(logits, imagePoint(280, 190), [200, 300])).toBe(false);
  expect(isForegroundAt(logits, imagePoint(-5, 90), [200, 300])).toBe(false);
});

test("logits of a part of the image hold the mask there", () => {
  const within = { x0: 0.1, y0: 0.05, x1: 0.8, y1: 0.9 };
  const rle = disc(200, 300);
  const logits = logitsOfMask(rle, { height: 64, width: 64, extentHw: [57, 64], threshold: 0, within });
  expect(isForegroundAt(logits, imagePoint(120, 90), [200, 300])).toBe(true);
  expect(isForegroundAt(logits, imagePoint(195, 90), [200, 300])).toBe(false);
  expect(rleIou(rle, encodeLogits(logits, [200, 300]).rle)).toBeGreaterThan(0.98);
});
