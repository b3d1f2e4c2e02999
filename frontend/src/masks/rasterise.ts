import type { SizeHw } from "../geometry";
import { type BinaryMask, emptyMask } from "./binaryMask";
import { type EncodedMask, encodedFromCounts } from "./encodedMask";
import { foregroundCells, type LowResLogits, type Span, validHw, WHOLE_IMAGE } from "./logits";
import { placeCounts } from "./maskWindow";
import { RleEncoder } from "./rleEncoder";

/**
 * The mask at full resolution, ready to be saved. Only the part that it can reach is made, one row at a time: a small
 * object in an image of 100 million pixels costs what the object does.
 */
export function encodeLogits(logits: LowResLogits, imageHw: SizeHw): EncodedMask {
  const { part, corner, sizeHw } = placeIn(logits, imageHw);
  const raster = new Raster(part, sizeHw);
  const { top, bottom, left, right } = raster.span;
  const encoder = new RleEncoder(bottom - top, right - left);
  raster.forEachRow((row) => encoder.push(row));
  const at = { left: corner.left + left, top: corner.top + top };
  return encodedFromCounts(placeCounts(encoder.finishCounts(), bottom - top, at, imageHw), imageHw);
}

/** The mask as pixels of any size, for showing it. */
export function rasterise(logits: LowResLogits, targetHw: SizeHw): BinaryMask {
  const mask = emptyMask(...targetHw);
  const { part, corner, sizeHw } = placeIn(logits, targetHw);
  const raster = new Raster(part, sizeHw);
  const left = corner.left + raster.span.left;
  raster.forEachRow((row, index) => mask.data.set(row, (corner.top + index) * mask.width + left));
  return mask;
}

/** Where the logits lie in the image, in whole pixels; they themselves as logits of all of that part. */
function placeIn({ within, ...part }: LowResLogits, [height, width]: SizeHw) {
  const { x0, y0, x1, y1 } = within ?? WHOLE_IMAGE;
  const [left, right] = [Math.round(x0 * width), Math.round(x1 * width)];
  const [top, bottom] = [Math.round(y0 * height), Math.round(y1 * height)];
  return { part, corner: { left, top }, sizeHw: [bottom - top, right - left] as const };
}

/** Logits of a whole image as pixels: bilinear with half-pixel centres and clamped edges, then `> threshold`. */
class Raster {
  /** The part of the target in which there can be foreground. */
  readonly span: Span;
  private readonly across: SampledAxis;
  private readonly down: SampledAxis;
  private readonly cells: Span;

  constructor(
    private readonly logits: LowResLogits,
    [height, width]: SizeHw,
  ) {
    const [rows, columns] = validHw(logits);
    this.across = sampleAxis(logits.extentHw[1], columns, width);
    this.down = sampleAxis(logits.extentHw[0], rows, height);
    this.cells = foregroundCells(logits);
    const { top, bottom, left, right } = this.cells;
    this.span = {
      ...{ top: targetOf(this.down, top - 1), bottom: targetOf(this.down, bottom) },
      ...{ left: targetOf(this.across, left - 1), right: targetOf(this.across, right) },
    };
  }

  /** The rows of the span, top to bottom, in a buffer that is used again; `index` counts the rows of the target. */
  forEachRow(visit: (row: Uint8Array, index: number) => void): void {
    const { logits, span, down } = this;
    const [rows, columns] = validHw(logits);
    const blended = new Float32Array(columns);
    const row = new Uint8Array(this.across.lower.length);
    for (let index = span.top; index < span.bottom; index++) {
      const upper = down.lower[index] ?? 0;
      const lower = Math.min(upper + 1, rows - 1);
      blendRows(logits, upper, lower, down.weight[index] ?? 0, blended);
      fillRow(row, blended, this.across, logits.threshold, this.cells);
      visit(row.subarray(span.left, span.right), index);
    }
  }
}

/** The first target pixel behind source sample `sample`, which may lie before the first one. */
function targetOf({ firstTarget }: SampledAxis, sample: number): number {
  return firstTarget[Math.max(sample, 0)] ?? 0;
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
function fillRow(row: Uint8Array, samples: Float32Array, axis: SampledAxis, threshold: number, cells: Span): void {
  row.fill(0, targetOf(axis, cells.left - 1), targetOf(axis, cells.right));
  for (let i = Math.max(cells.left - 1, 0); i < cells.right; i++) {
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
