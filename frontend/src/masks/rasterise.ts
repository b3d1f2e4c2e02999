import type { ImageBox, SizeHw } from "../geometry";
import { type BinaryMask, emptyMask } from "./binaryMask";
import type { EncodedMask } from "./encodedMask";
import { type LowResLogits, validHw } from "./logits";
import { RleEncoder } from "./rleEncoder";

/**
 * The mask at full resolution, ready to be saved. It is made row by row: an image of 100 million pixels needs no more
 * memory than one of its rows.
 */
export function encodeLogits(logits: LowResLogits, imageHw: SizeHw): EncodedMask {
  const encoder = new RleEncoder(imageHw[0], imageHw[1]);
  rasteriseRows(logits, imageHw, (row) => encoder.push(row));
  return encoder.finish();
}

/** The mask as pixels of any size, for showing it. */
export function rasterise(logits: LowResLogits, [height, width]: SizeHw): BinaryMask {
  const mask = emptyMask(height, width);
  rasteriseRows(logits, [height, width], (row, index) => mask.data.set(row, index * width));
  return mask;
}

/**
 * Bilinear with half-pixel centres and clamped edges (`align_corners=False`), then `> threshold`. `visit` gets every
 * row of the target once, top to bottom, in a buffer that is used again.
 */
export function rasteriseRows(
  logits: LowResLogits,
  [height, width]: SizeHw,
  visit: (row: Uint8Array, index: number) => void,
): void {
  if (logits.within) rasteriseWithin(logits, logits.within, [height, width], visit);
  else rasteriseWhole(logits, [height, width], visit);
}

function rasteriseWhole(
  logits: LowResLogits,
  [height, width]: SizeHw,
  visit: (row: Uint8Array, index: number) => void,
): void {
  const [rows, columns] = validHw(logits);
  const across = sampleAxis(logits.extentHw[1], columns, width);
  const down = sampleAxis(logits.extentHw[0], rows, height);
  const blended = new Float32Array(columns);
  const row = new Uint8Array(width);
  for (let index = 0; index < height; index++) {
    const upper = down.lower[index] ?? 0;
    const lower = Math.min(upper + 1, rows - 1);
    blendRows(logits, upper, lower, down.weight[index] ?? 0, blended);
    fillRow(row, blended, across, logits.threshold);
    visit(row, index);
  }
}

/** Logits of a part of the image: background around it. */
function rasteriseWithin(
  logits: LowResLogits,
  { x0, y0, x1, y1 }: ImageBox,
  [height, width]: SizeHw,
  visit: (row: Uint8Array, index: number) => void,
): void {
  const [left, right] = [Math.round(x0 * width), Math.round(x1 * width)];
  const [top, bottom] = [Math.round(y0 * height), Math.round(y1 * height)];
  const { within: _, ...part } = logits;
  const row = new Uint8Array(width);
  for (let index = 0; index < top; index++) visit(row, index);
  rasteriseRows(part, [bottom - top, right - left], (line, index) => {
    row.set(line, left);
    visit(row, top + index);
  });
  row.fill(0);
  for (let index = bottom; index < height; index++) visit(row, index);
}

/** For each target pixel: the source sample before it, and the weight of the sample after that one. */
interface SampledAxis {
  readonly lower: Uint32Array;
  readonly weight: Float32Array;
  /** Target pixels between source samples i and i + 1 are firstTarget[i] .. firstTarget[i + 1] - 1. */
  readonly firstTarget: Uint32Array;
}

/** `extent` source cells, the last of them perhaps cut, are spread over the target; only `sourceLength` cells exist. */
function sampleAxis(extent: number, sourceLength: number, targetLength: number): SampledAxis {
  const lower = new Uint32Array(targetLength);
  const weight = new Float32Array(targetLength);
  const firstTarget = new Uint32Array(sourceLength + 1).fill(targetLength);
  for (let target = targetLength - 1; target >= 0; target--) {
    const position = ((target + 0.5) * extent) / targetLength - 0.5;
    const clamped = Math.min(Math.max(position, 0), sourceLength - 1);
    const before = Math.floor(clamped);
    lower[target] = before;
    weight[target] = clamped - before;
    firstTarget[before] = target;
  }
  // A source sample that no target pixel falls behind starts where the next one starts.
  for (let i = sourceLength - 1; i >= 0; i--) {
    firstTarget[i] = Math.min(firstTarget[i] ?? targetLength, firstTarget[i + 1] ?? targetLength);
  }
  return { lower, weight, firstTarget };
}

function blendRows(logits: LowResLogits, upper: number, lower: number, weight: number, blended: Float32Array): void {
  const { data, width } = logits;
  const [top, bottom] = [upper * width, lower * width];
  for (let column = 0; column < blended.length; column++) {
    const above = data[top + column] ?? 0;
    blended[column] = above + weight * ((data[bottom + column] ?? 0) - above);
  }
}

/** Between two samples on the same side of the threshold nothing has to be interpolated: most spans are like that. */
function fillRow(row: Uint8Array, samples: Float32Array, axis: SampledAxis, threshold: number): void {
  row.fill(0);
  for (let i = 0; i < samples.length; i++) {
    const start = axis.firstTarget[i] ?? 0;
    const end = axis.firstTarget[i + 1] ?? 0;
    const before = samples[i] ?? 0;
    const after = samples[Math.min(i + 1, samples.length - 1)] ?? 0;
    if (before > threshold && after > threshold) row.fill(1, start, end);
    else if (before > threshold || after > threshold) {
      for (let target = start; target < end; target++) {
        const score = before + (axis.weight[target] ?? 0) * (after - before);
        row[target] = score > threshold ? 1 : 0;
      }
    }
  }
}
