import type { BinaryMask } from "../masks";
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
  const words = new Uint32Array(pixels.buffer);
  const [fill, edge] = [packRgba(tint.color, tint.fillAlpha), packRgba(tint.color, tint.edgeAlpha)];
  for (let row = bounds.top; row < bounds.bottom; row++) {
    const target = (row - bounds.top) * width - bounds.left;
    for (let column = bounds.left; column < bounds.right; column++) {
      if (mask.data[row * mask.width + column]) words[target + column] = isEdge(mask, row, column) ? edge : fill;
    }
  }
  return pixels;
}

/** Little-endian, as every browser's machine is: alpha is the highest byte. */
function packRgba([red, green, blue]: Rgb, alpha: number): number {
  return ((alpha << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

function isEdge({ data, width, height }: BinaryMask, row: number, column: number): boolean {
  if (row === 0 || column === 0 || row === height - 1 || column === width - 1) return true;
  const at = row * width + column;
  return !(data[at - 1] && data[at + 1] && data[at - width] && data[at + width]);
}

/**
 * The border between foreground and background along pixel edges, as straight segments x0, y0, x1, y1 in mask pixels,
 * each as long as possible. They are not joined up, since strokes do not need it.
 */
export function outlineSegments(mask: BinaryMask, bounds: PixelBounds): number[] {
  const segments: number[] = [];
  const at = (row: number, column: number): number =>
    row < 0 || column < 0 || row >= mask.height || column >= mask.width
      ? 0
      : (mask.data[row * mask.width + column] ?? 0);
  collectRuns(bounds.top, bounds.bottom, bounds.left, bounds.right, {
    isBorder: (row, column) => at(row - 1, column) !== at(row, column),
    emit: (row, start, end) => segments.push(start, row, end, row),
  });
  collectRuns(bounds.left, bounds.right, bounds.top, bounds.bottom, {
    isBorder: (column, row) => at(row, column - 1) !== at(row, column),
    emit: (column, start, end) => segments.push(column, start, column, end),
  });
  return segments;
}

interface RunCollector {
  isBorder(line: number, position: number): boolean;
  emit(line: number, start: number, end: number): void;
}

/** Runs of border along each line between pixels, the outermost lines included. */
function collectRuns(firstLine: number, lastLine: number, from: number, to: number, collector: RunCollector): void {
  for (let line = firstLine; line <= lastLine; line++) {
    let start = -1;
    for (let position = from; position <= to; position++) {
      const isBorder = position < to && collector.isBorder(line, position);
      if (isBorder && start < 0) start = position;
      if (!isBorder && start >= 0) {
        collector.emit(line, start, position);
        start = -1;
      }
    }
  }
}
