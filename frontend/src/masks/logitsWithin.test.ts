import { expect, test } from "vitest";
import type { LogitsGrid, LowResLogits } from "./logits";
import { boxOfLogits, movedLogits } from "./logitsWithin";

const HALF = { x0: 0.5, y0: 0, x1: 1, y1: 1 };
const ROW: LowResLogits = {
  height: 1,
  width: 4,
  data: Float32Array.of(-4, -2, 2, 4),
  extentHw: [1, 4],
  threshold: 0,
};
const grid = (width: number, within?: LogitsGrid["within"]): LogitsGrid => ({
  height: 1,
  width,
  extentHw: [1, width],
  threshold: 0,
  ...(within && { within }),
});

test("logits of the whole are read between the cells of a part", () => {
  const moved = movedLogits(ROW, grid(4, HALF));
  expect([...moved.data]).toEqual([1, 2.5, 3.5, 4]);
  expect(moved.within).toEqual(HALF);
});

test("beyond the part that they are of there is background", () => {
  const moved = movedLogits({ ...ROW, within: HALF }, grid(4));
  expect([...moved.data]).toEqual([-8, -8, -3, 3]);
});

test("on their own grid they stay as they are", () => {
  expect(movedLogits(ROW, grid(4)).data).toEqual(ROW.data);
});

test("padding says nothing, and another threshold moves all", () => {
  const padded = { ...ROW, extentHw: [1, 2] as const };
  expect([...movedLogits(padded, { ...grid(2), threshold: 1 }).data]).toEqual([-3, -1]);
});

test("the box of a mask is that of its cells, in the image", () => {
  expect(boxOfLogits(ROW, [10, 80])).toEqual({ x0: 40, y0: 0, x1: 80, y1: 10 });
  expect(boxOfLogits({ ...ROW, within: HALF }, [10, 80])).toEqual({ x0: 60, y0: 0, x1: 80, y1: 10 });
  expect(boxOfLogits({ ...ROW, threshold: 5 }, [10, 80])).toBeNull();
});
