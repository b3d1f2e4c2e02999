import type { BinaryMask } from "../masks";
import { layOver, packRgba } from "./blending";
import type { Rgb } from "./colours";

/** A rectangle of mask pixels: columns left .. right - 1, rows top .. bottom - 1. */
export interface PixelBounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The smallest rectangle around the foreground; null when there is none. */
export function boundsOf({ data, width, height }: BinaryMask): PixelBounds | null {
  const first = data.indexOf(1);
  if (first < 0) return null;
  const [top, bottom] = [Math.floor(first / width), Math.floor(data.lastIndexOf(1) / width) + 1];
  let [left, right] = [width, 0];
  for (let row = top; row < bottom; row++) {
    const line = data.subarray(row * width, (row + 1) * width);
    const start = line.indexOf(1);
    if (start < 0) continue;
    left = Math.min(left, start);
    right = Math.max(right, line.lastIndexOf(1) + 1);
  }
  return { left, top, right, bottom: Math.min(bottom, height) };
}

export interface Tint {
  readonly color: Rgb;
  /** 0 to 255. */
  readonly fillAlpha: number;
  /** Alpha of the pixels along the border, 0 to 255. */
  readonly edgeAlpha: number;
}

/** RGBA of the mask inside the bounds, row-major, for ImageData. Background is transparent. */
export function tintMask(mask: BinaryMask, bounds: PixelBounds, tint: Tint): Uint8ClampedArray<ArrayBuffer> {
  const width = bounds.right - bounds.left;
  const pixels = new Uint8ClampedArray(width * (bounds.bottom - bounds.top) * 4);
  layMask({ words: new Uint32Array(pixels.buffer), width }, { column: 0, row: 0 }, mask, bounds, tint);
  return pixels;
}

/** Pixels as 32-bit words, row-major. */
export interface PixelWords {
  readonly words: Uint32Array;
  readonly width: number;
}

/** Lays the mask inside the bounds over what is there, with its corner at `at`. The bounds fit into the target. */
export function layMask(
  target: PixelWords,
  at: { readonly column: number; readonly row: number },
  mask: BinaryMask,
  bounds: PixelBounds,
  tint: Tint,
): void {
  const [fill, edge] = [packRgba(tint.color, tint.fillAlpha), packRgba(tint.color, tint.edgeAlpha)];
  for (let row = bounds.top; row < bounds.bottom; row++) {
    const offset = (row - bounds.top + at.row) * target.width + at.column - bounds.left;
    const changes = changesInRow(mask, row, bounds);
    for (let index = 0; index < changes.length; index += 2) {
      const [start = 0, end = 0] = [changes[index], changes[index + 1]];
      if (edge === fill) layOver(target.words, offset + start, offset + end, fill);
      else layRun(target.words, offset, { mask, row, start, end }, fill, edge);
    }
  }
}

interface Run {
  readonly mask: BinaryMask;
  readonly row: number;
  readonly start: number;
  readonly end: number;
}

/** Edge pixels get the one colour, and those between them the other. */
function layRun(words: Uint32Array, offset: number, run: Run, fill: number, edge: number): void {
  let inner = run.start;
  for (let column = run.start; column < run.end; column++) {
    if (!isEdge(run.mask, run.row, column)) continue;
    if (fill > MAX_TRANSPARENT) layOver(words, offset + inner, offset + column, fill);
    layOver(words, offset + column, offset + column + 1, edge);
    inner = column + 1;
  }
  if (fill > MAX_TRANSPARENT) layOver(words, offset + inner, offset + run.end, fill);
}

/** Words up to this one have alpha 0. */
const MAX_TRANSPARENT = 0xffffff;

/** Columns where the row changes between background and foreground, beginning with foreground; an even number. */
function changesInRow({ data, width }: BinaryMask, row: number, { left, right }: PixelBounds): number[] {
  const line = data.subarray(row * width + left, row * width + right);
  const changes: number[] = [];
  for (let wanted = 1, at = line.indexOf(1); at >= 0; at = line.indexOf(wanted, at)) {
    changes.push(left + at);
    wanted = 1 - wanted;
  }
  if (changes.length % 2 === 1) changes.push(right);
  return changes;
}

function isEdge({ data, width, height }: BinaryMask, row: number, column: number): boolean {
  if (row === 0 || column === 0 || row === height - 1 || column === width - 1) return true;
  const at = row * width + column;
  return !(data[at - 1] && data[at + 1] && data[at - width] && data[at + width]);
}

/**
 * The border between foreground and background along pixel edges, as straight segments x0, y0, x1, y1 in mask pixels,
 * each as long as possible. They are not joined up, since strokes do not need it. Only where rows change is looked at:
 * masks are large and have few edges.
 */
export function outlineSegments(mask: BinaryMask, bounds: PixelBounds): number[] {
  const segments: number[] = [];
  /** Vertical edges that go on: column -> row where they began. */
  const open = new Map<number, number>();
  let above: readonly number[] = [];
  for (let row = bounds.top; row <= bounds.bottom; row++) {
    const changes = row < bounds.bottom ? changesInRow(mask, row, bounds) : [];
    const differences = inOneOnly(above, changes);
    for (let at = 0; at < differences.length; at += 2) {
      segments.push(differences[at] ?? 0, row, differences[at + 1] ?? 0, row);
    }
    for (const column of differences) {
      const start = open.get(column);
      if (start === undefined) open.set(column, row);
      else {
        segments.push(column, start, column, row);
        open.delete(column);
      }
    }
    above = changes;
  }
  return segments;
}

/** What is in one of two ascending lists and not in the other, ascending: where two rows differ, and cease to. */
function inOneOnly(a: readonly number[], b: readonly number[]): number[] {
  const found: number[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const [first, second] = [a[i] ?? Number.POSITIVE_INFINITY, b[j] ?? Number.POSITIVE_INFINITY];
    if (first !== second) found.push(Math.min(first, second));
    if (first <= second) i++;
    if (second <= first) j++;
  }
  return found;
}
