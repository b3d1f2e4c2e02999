import type { ImageBox } from "./box";
import type { SizeHw } from "./points";

/** A part is worth an embedding of its own where it shows the encoder at least so many times more pixels. */
const LEAST_GAIN = 2;
/** Image pixels; parts begin at multiples of a cell, so that looking around a little asks for no other. */
const LEAST_CELL = 128;

/**
 * The part of an image around what is seen that should have an embedding of its own, in whole pixels; null when the
 * embedding of the whole image is about as good. `encoderSide`: pixels of the longest side that the encoder sees.
 */
export function regionToEmbed(seen: ImageBox, [height, width]: SizeHw, encoderSide: number): ImageBox | null {
  const longest = Math.max(seen.x1 - seen.x0, seen.y1 - seen.y0);
  const cell = Math.max(2 ** Math.ceil(Math.log2(longest / 2)), LEAST_CELL);
  const region = {
    x0: Math.floor(seen.x0 / cell) * cell,
    y0: Math.floor(seen.y0 / cell) * cell,
    x1: Math.min(Math.ceil(seen.x1 / cell) * cell, width),
    y1: Math.min(Math.ceil(seen.y1 / cell) * cell, height),
  };
  const side = Math.max(region.x1 - region.x0, region.y1 - region.y0);
  const gain = Math.max(width, height) / Math.max(side, encoderSide);
  return gain >= LEAST_GAIN ? region : null;
}
