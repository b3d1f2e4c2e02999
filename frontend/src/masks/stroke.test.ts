import { expect, test } from "vitest";

import { decodeRle } from "./rleDecoder";
import { encodeStroke, type StrokePoint, strokeWindow } from "./stroke";
import { drawing, randomNumbers } from "./testing";

const [HEIGHT, WIDTH] = [40, 50];
const drawn = (points: readonly StrokePoint[]): Uint8Array => decodeRle(encodeStroke(points, [HEIGHT, WIDTH]).rle).data;

/** By definition: some disc between the two points holds the pixel's centre. Only as good as it is finely sampled. */
function distanceInside(x: number, y: number, a: StrokePoint, b: StrokePoint): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let step = 0; step <= 200; step++) {
    const t = step / 200;
    const [cx, cy, radius] = [a.x + t * (b.x - a.x), a.y + t * (b.y - a.y), a.radius + t * (b.radius - a.radius)];
    most = Math.max(most, radius - Math.hypot(x - cx, y - cy));
  }
  return most;
}

test("a stroke holds the pixels whose centres its discs pass over, whatever their radii", () => {
  const random = randomNumbers(5);
  for (let round = 0; round < 8; round++) {
    const [a, b] = [0, 1].map(() => ({
      x: random(WIDTH * 10) / 10 - 3,
      y: random(HEIGHT * 10) / 10 - 3,
      radius: 1 + random(80) / 10,
    })) as [StrokePoint, StrokePoint];
    const pixels = drawn([a, b]);
    pixels.forEach((pixel, at) => {
      const inside = distanceInside((at % WIDTH) + 0.5, Math.floor(at / WIDTH) + 0.5, a, b);
      if (Math.abs(inside) > 0.02) expect([at, pixel]).toEqual([at, inside > 0 ? 1 : 0]);
    });
  }
});

test("one point is a disc", () => {
  const { left, top, mask } = strokeWindow([{ x: 10.5, y: 20.5, radius: 2 }], [HEIGHT, WIDTH]);
  expect([left, top]).toEqual([8, 18]);
  expect(drawing(mask)).toEqual(["..#..", ".###.", "#####", ".###.", "..#.."]);
});

test("the thinnest brush draws the pixels that it steps on, without gaps", () => {
  const line = strokeWindow(
    [
      { x: 2.2, y: 3.9, radius: 0.1 },
      { x: 7.8, y: 6.1, radius: 0.1 },
    ],
    [HEIGHT, WIDTH],
  );
  expect(drawing(line.mask)).toEqual(["#.....", ".##...", "...##.", ".....#"]);
  expect(drawing(strokeWindow([{ x: 4.01, y: 4.99, radius: 0.4 }], [HEIGHT, WIDTH]).mask).join("")).toMatch(
    /^\.*#\.*$/,
  );
});

test("a bent stroke is the union of its straight parts", () => {
  const points = [
    { x: 5, y: 5, radius: 2 },
    { x: 30, y: 8, radius: 4 },
    { x: 20, y: 30, radius: 1.5 },
  ];
  const parts = [drawn(points.slice(0, 2)), drawn(points.slice(1))];
  expect(drawn(points)).toEqual((parts[0] as Uint8Array).map((pixel, at) => pixel | (parts[1]?.[at] ?? 0)));
});

test("a stroke outside the image, and one without points, draw nothing", () => {
  expect(strokeWindow([{ x: -20, y: -20, radius: 5 }], [HEIGHT, WIDTH]).mask.data).toHaveLength(0);
  expect(strokeWindow([], [HEIGHT, WIDTH]).mask.data).toHaveLength(0);
});
