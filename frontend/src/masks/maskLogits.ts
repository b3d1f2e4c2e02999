import type { ImageBox, ImagePoint, SizeHw } from "../geometry";
import { type LogitsGrid, type LowResLogits, validHw, WHOLE_IMAGE } from "./logits";
import type { BboxXywh, Rle } from "./rle";
import { countsOf, decodeRegion } from "./rleDecoder";

/** Whether the mask has foreground there: the nearest cell of the logits decides. */
export function isForegroundAt(logits: LowResLogits, { x, y }: ImagePoint, [height, width]: SizeHw): boolean {
  const [rows, columns] = validHw(logits);
  const { x0, y0, x1, y1 } = logits.within ?? WHOLE_IMAGE;
  const column = Math.floor(((x / width - x0) / (x1 - x0)) * logits.extentHw[1]);
  const row = Math.floor(((y / height - y0) / (y1 - y0)) * logits.extentHw[0]);
  if (column < 0 || row < 0 || column >= columns || row >= rows) return false;
  return (logits.data[row * logits.width + column] ?? Number.NEGATIVE_INFINITY) > logits.threshold;
}

/** How sure the logits of a given mask are: a probability of 0.999 (micro-sam, `_compute_logits_from_mask`). */
const CERTAINTY = 0.999;
/** Samples of the mask across one cell of the logits, at least. */
const SAMPLES = 4;

/**
 * A mask as a decoder takes it for its mask prompt, on the grid of logits that the decoder itself gave. Each cell holds
 * the log odds of the part of it that is foreground, so that edges stay where they are; padding is background.
 */
export function logitsOfMask(rle: Rle, grid: LogitsGrid): LowResLogits {
  const region = pixelsOf(grid.within ?? WHOLE_IMAGE, rle.size);
  const cell = Math.min(region[2] / grid.extentHw[1], region[3] / grid.extentHw[0]);
  const step = Math.max(Math.floor(cell / SAMPLES), 1);
  const samples = decodeRegion(countsOf(rle), rle.size[0], region, step);
  const seen = new Uint32Array(grid.width * grid.height);
  const inside = new Uint32Array(grid.width * grid.height);
  for (let y = 0; y < samples.height; y++) {
    const row = cellOf(y, samples.height, grid.extentHw[0]) * grid.width;
    for (let x = 0; x < samples.width; x++) {
      const at = row + cellOf(x, samples.width, grid.extentHw[1]);
      seen[at] = (seen[at] ?? 0) + 1;
      inside[at] = (inside[at] ?? 0) + (samples.data[y * samples.width + x] ?? 0);
    }
  }
  const data = Float32Array.from(
    seen,
    (count, at) => logOdds(count === 0 ? 0 : (inside[at] ?? 0) / count) + grid.threshold,
  );
  return { ...grid, data };
}

function pixelsOf({ x0, y0, x1, y1 }: ImageBox, [height, width]: Rle["size"]): BboxXywh {
  const [left, top] = [Math.round(x0 * width), Math.round(y0 * height)];
  return [left, top, Math.round(x1 * width) - left, Math.round(y1 * height) - top];
}

/** The cell of a grid over `extent` cells in which sample `index` of `count` has its middle. */
function cellOf(index: number, count: number, extent: number): number {
  return Math.floor(((index + 0.5) * extent) / count);
}

function logOdds(part: number): number {
  const probability = Math.min(Math.max(part, 1 - CERTAINTY), CERTAINTY);
  return Math.log(probability / (1 - probability));
}
