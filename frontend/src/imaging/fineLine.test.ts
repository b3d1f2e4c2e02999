import { expect, test } from "vitest";
import { type ImagePoint, imagePoint } from "../geometry";
import { EdgeMap } from "./edgeMap";
import { FineLine } from "./fineLine";
import { paintedPixels, withNoise } from "./testing";

const [MIDDLE, RADIUS] = [200, 150];
/** A dark disc on a light, noisy ground. */
const DISC = new EdgeMap(
  withNoise(
    paintedPixels(400, 400, (column, row) =>
      Math.hypot(column + 0.5 - MIDDLE, row + 0.5 - MIDDLE) < RADIUS ? [60, 70, 90] : [170, 160, 150],
    ),
    12,
    4,
  ),
);

const onCircle = (degrees: number, radius = RADIUS): ImagePoint => {
  const angle = (degrees * Math.PI) / 180;
  return imagePoint(Math.round(MIDDLE + radius * Math.cos(angle)), Math.round(MIDDLE + radius * Math.sin(angle)));
};

/** As a picture of a quarter of the size finds it: up to 4 pixels off, and in steps. */
const COARSE = [0, 20, 40, 60, 80, 100, 120, 140].map((degrees, index) =>
  onCircle(degrees, RADIUS + (index % 3) * 4 - 4),
);
const LINE = [onCircle(0), ...COARSE.slice(1, -1), onCircle(140)];

test("a line beside an edge is led along it", () => {
  const fine = new FineLine(DISC, 6).along(LINE);
  const strays = fine.map(({ x, y }) => Math.abs(Math.hypot(x - MIDDLE, y - MIDDLE) - RADIUS));
  expect(Math.max(...strays)).toBeLessThan(2);
  expect([fine[0], fine.at(-1)]).toEqual([LINE[0], LINE.at(-1)]);
});

test("its beginning stays while its end moves", () => {
  const line = new FineLine(DISC, 6);
  const [longer, shorter] = [line.along(LINE), line.along(LINE.slice(0, -1))];
  expect(shorter.slice(0, 20)).toEqual(longer.slice(0, 20));
});

test("where there is no edge it stays as it was, within its slack", () => {
  const flat = new EdgeMap(paintedPixels(60, 300, () => [128, 128, 128]));
  const fine = new FineLine(flat, 4).along([imagePoint(5, 30), imagePoint(290, 30)]);
  expect(Math.max(...fine.map(({ y }) => Math.abs(y - 30)))).toBeLessThanOrEqual(4);
});

test("a line of one point is that point", () => {
  expect(new FineLine(DISC, 6).along([imagePoint(7, 9)])).toEqual([imagePoint(7, 9)]);
  expect(new FineLine(DISC, 6).along([])).toEqual([]);
});
