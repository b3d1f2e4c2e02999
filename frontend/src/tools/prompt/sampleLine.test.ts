import { expect, test } from "vitest";
import { imagePoint } from "../../geometry";
import { sampleLine } from "./sampleLine";

const corner = [imagePoint(0, 0), imagePoint(30, 0), imagePoint(30, 30)];
const xy = (points: readonly { x: number; y: number }[]) => points.map(({ x, y }) => [x, y]);

test("points lie at equal distances along the line, from end to end", () => {
  expect(xy(sampleLine(corner, 10, 3))).toEqual([
    [0, 0],
    [30, 0],
    [30, 30],
  ]);
  expect(sampleLine(corner, 10, 7)).toHaveLength(7);
});

test("no more of them than fit", () => {
  expect(sampleLine(corner, 25, 10)).toHaveLength(3);
});

test("a short line is one point, in its middle", () => {
  expect(xy(sampleLine([imagePoint(0, 0), imagePoint(4, 0)], 10, 5))).toEqual([[2, 0]]);
  expect(sampleLine([imagePoint(7, 7)], 10, 5)).toEqual([imagePoint(7, 7)]);
  expect(sampleLine([], 10, 5)).toEqual([]);
});
