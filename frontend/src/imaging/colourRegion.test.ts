import { describe, expect, test } from "vitest";
import { drawing, randomNumbers } from "../masks/testing";
import { ColourRegion, colourRegion, MAX_TOLERANCE } from "./colourRegion";
import { deltaE, labOf } from "./lab";
import type { PixelPosition, RgbaPixels } from "./rgba";
import { paintedPixels } from "./testing";

const at = (column: number, row: number): PixelPosition => ({ column, row });

/** The four colours of a flag, in fields that do not all touch. */
const FIELDS = ["rrrrbbrr", "rrrrbbrr", "rrrrbbrr", "rrrrbbrr"];
const COLOURS: Record<string, [number, number, number]> = { r: [200, 40, 40], b: [30, 40, 190] };
const FLAG = paintedPixels(4, 8, (column, row) => COLOURS[FIELDS[row]?.[column] ?? ""] ?? [0, 0, 0]);

describe("colour differences", () => {
  test.each([
    [
      [255, 255, 255],
      [100, 0, 0],
    ],
    [
      [0, 0, 0],
      [0, 0, 0],
    ],
    [
      [255, 0, 0],
      [53.24, 80.09, 67.2],
    ],
    [
      [0, 128, 0],
      [46.23, -51.69, 49.89],
    ],
    [
      [30, 60, 120],
      [26.25, 11.36, -37.45],
    ],
    [
      [10, 8, 20],
      [2.62, 2.73, -5.66],
    ],
  ])("sRGB %j is CIE Lab %j, as OpenCV has it", (rgb, lab) => {
    const found = labOf(...(rgb as [number, number, number]));
    found.forEach((value, channel) => {
      expect(Math.abs(value - (lab[channel] ?? 0))).toBeLessThan(0.3);
    });
  });

  test("are large between colours that look different and small between shades", () => {
    expect(deltaE(labOf(200, 40, 40), labOf(30, 40, 190))).toBeGreaterThan(60);
    expect(deltaE(labOf(120, 120, 120), labOf(122, 121, 120))).toBeLessThan(2.3);
  });
});

describe("a magic wand", () => {
  test("takes the field that was clicked, not others of its colour", () => {
    const { left, top, mask } = colourRegion(FLAG, at(1, 1), 5);
    expect([left, top]).toEqual([0, 0]);
    expect(drawing(mask)).toEqual(Array(4).fill("####...."));
  });

  test("takes everything at the largest tolerance", () => {
    expect(colourRegion(FLAG, at(1, 1), MAX_TOLERANCE).mask.data).not.toContain(0);
  });

  test("refuses a seed outside the image", () => {
    expect(() => new ColourRegion(FLAG, at(8, 0))).toThrow(RangeError);
  });

  test("follows a tolerance that is dragged up and down", () => {
    const ramp = paintedPixels(1, 64, (column) => [column * 4, column * 4, column * 4]);
    const region = new ColourRegion(ramp, at(20, 0));
    const sizeAt = (tolerance: number): number =>
      region.grow(tolerance).mask.data.reduce((sum, pixel) => sum + pixel, 0);
    const sizes = [2, 10, 30].map(sizeAt);
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
    expect(sizes[0]).toBeLessThan(sizes[2] ?? 0);
    expect(sizeAt(10)).toBe(sizes[1]);
  });

  test("gives for any noise and tolerance what a flood fill gives", () => {
    for (let seed = 1; seed <= 6; seed++) {
      const random = randomNumbers(seed);
      const noise = paintedPixels(14, 17, () => [random(90), random(90), random(90)]);
      const region = new ColourRegion(noise, at(8, 7));
      for (const tolerance of [12, 4, 25, 18]) {
        expect([...region.grow(tolerance).mask.data]).toEqual(floodFill(noise, at(8, 7), tolerance));
      }
    }
  });
});

/** By definition, from the middle of the 3 x 3 pixels around the seed. Tolerances count in halves. */
function floodFill({ data, height, width }: RgbaPixels, { column, row }: PixelPosition, tolerance: number): number[] {
  const colourAt = (pixel: number) => labOf(data[4 * pixel] ?? 0, data[4 * pixel + 1] ?? 0, data[4 * pixel + 2] ?? 0);
  const nine = [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => colourAt((row + dy) * width + column + dx)));
  const mean = [0, 1, 2].map((channel) => nine.reduce((sum, colour) => sum + (colour[channel] ?? 0), 0) / 9);
  const start = row * width + column;
  const mask = Array<number>(height * width).fill(0);
  mask[start] = 1;
  for (const queue = [start]; queue.length > 0; ) {
    const pixel = queue.pop() ?? 0;
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    const around = [
      x > 0 && pixel - 1,
      x < width - 1 && pixel + 1,
      y > 0 && pixel - width,
      y < height - 1 && pixel + width,
    ];
    for (const next of around) {
      if (next === false || mask[next]) continue;
      const difference = deltaE(colourAt(next), mean as [number, number, number]);
      if (Math.round(2 * difference) > 2 * tolerance) continue;
      mask[next] = 1;
      queue.push(next);
    }
  }
  return mask;
}
