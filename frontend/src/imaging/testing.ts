import { randomNumbers } from "../masks/testing";
import type { RgbaPixels } from "./rgba";

type Colour = readonly [red: number, green: number, blue: number];

/** An image whose colours a function of column and row gives. */
export function paintedPixels(
  height: number,
  width: number,
  colourAt: (column: number, row: number) => Colour,
): RgbaPixels {
  const data = new Uint8ClampedArray(4 * height * width).fill(255);
  for (let at = 0; at < height * width; at++) data.set(colourAt(at % width, Math.floor(at / width)), 4 * at);
  return { height, width, data };
}

/** The same noise for the same seed, added to every channel. */
export function withNoise(rgba: RgbaPixels, amount: number, seed: number): RgbaPixels {
  const random = randomNumbers(seed);
  const data = rgba.data.map((value, at) => (at % 4 === 3 ? value : value + random(2 * amount + 1) - amount));
  return { ...rgba, data };
}
