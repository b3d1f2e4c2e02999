import { expect, test } from "vitest";
import { type ImagePoint, imagePoint } from "../geometry";
import { encodeWindow } from "./maskWindow";
import { encodePolygon, polygonWindow, type Ring } from "./polygon";
import { decodeRle } from "./rleDecoder";
import { drawing, randomNumbers } from "./testing";

const [HEIGHT, WIDTH] = [30, 40];
const ring = (...xy: [number, number][]): Ring => xy.map(([x, y]) => imagePoint(x, y));
const pixelsOf = (rings: readonly Ring[]): Uint8Array => decodeRle(encodePolygon(rings, [HEIGHT, WIDTH]).rle).data;

/** Even-odd by definition: how often a ray from the pixel's centre to the right crosses an edge. */
function isInside(x: number, y: number, rings: readonly Ring[]): boolean {
  let inside = false;
  for (const points of rings) {
    points.forEach((p, index) => {
      const q = points[(index + 1) % points.length] as ImagePoint;
      if (p.y > y !== q.y > y && x < p.x + ((y - p.y) * (q.x - p.x)) / (q.y - p.y)) inside = !inside;
    });
  }
  return inside;
}

function randomRings(seed: number): Ring[] {
  const random = randomNumbers(seed);
  return Array.from({ length: 2 }, () =>
    Array.from({ length: 7 }, () => imagePoint(random(5000) / 100 - 5, random(4000) / 100 - 5)),
  );
}

test("a pixel is in when its centre is, by the even-odd rule, also where rings cross or leave the image", () => {
  for (let seed = 1; seed <= 30; seed++) {
    const rings = randomRings(seed);
    pixelsOf(rings).forEach((pixel, at) => {
      const inside = isInside((at % WIDTH) + 0.5, Math.floor(at / WIDTH) + 0.5, rings);
      expect([seed, at, pixel]).toEqual([seed, at, inside ? 1 : 0]);
    });
  }
});

test("a ring inside a ring is a hole", () => {
  const rings = [ring([1, 1], [5, 1], [5, 4], [1, 4]), ring([2, 2], [3, 2], [3, 3], [2, 3])];
  const { left, top, mask } = polygonWindow(rings, [HEIGHT, WIDTH]);
  expect([left, top]).toEqual([1, 1]);
  expect(drawing(mask)).toEqual(["####", "#.##", "####"]);
});

test("the window holds what the encoded polygon holds", () => {
  for (let seed = 1; seed <= 10; seed++) {
    const rings = randomRings(seed);
    expect(encodeWindow(polygonWindow(rings, [HEIGHT, WIDTH]), [HEIGHT, WIDTH])).toEqual(
      encodePolygon(rings, [HEIGHT, WIDTH]),
    );
  }
});

test("polygons that share an edge share no pixel and leave none out", () => {
  const [a, b, c, d] = [imagePoint(3, 2), imagePoint(31, 9), imagePoint(25, 27), imagePoint(1, 20)];
  const [whole, upper, lower] = [pixelsOf([[a, b, c, d]]), pixelsOf([[a, b, c]]), pixelsOf([[c, d, a]])];
  expect(upper.map((pixel, at) => pixel + (lower[at] ?? 0))).toEqual(whole);
});

test("fewer than three points have no inside", () => {
  expect(encodePolygon([ring([1, 1], [8, 9]), ring([3, 3]), []], [HEIGHT, WIDTH]).area).toBe(0);
});
