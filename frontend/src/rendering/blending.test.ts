import { expect, test } from "vitest";
import { layOver, packRgba } from "./blending";

test("colours are laid over each other as a canvas does it", () => {
  const words = new Uint32Array(2);
  layOver(words, 0, 1, packRgba([255, 0, 0], 128));
  layOver(words, 0, 1, packRgba([0, 0, 255], 128));
  const [red = 0, green = 0, blue = 0, alpha = 0] = new Uint8Array(words.buffer);
  // Alpha is 0.5 + 0.5 * 0.5, red 0.25 of that and blue 0.5, each but for one step of rounding.
  const differences = [red - 85, green, blue - 170, alpha - 191].map(Math.abs);
  expect(Math.max(...differences)).toBeLessThanOrEqual(1);
  expect(words[1]).toBe(0);
});

test("an opaque colour hides what is below", () => {
  const words = new Uint32Array([packRgba([1, 2, 3], 77)]);
  layOver(words, 0, 1, packRgba([9, 8, 7], 255));
  expect(words[0]).toBe(packRgba([9, 8, 7], 255));
});
