import type { SizeHw } from "../geometry";
import { type EncodedMask, encodedFromCounts } from "./encodedMask";
import { type MaskWindow, windowOfCounts } from "./maskWindow";
import { RunWriter } from "./runWriter";

/** One place of a brush stroke, in image pixels. */
export interface StrokePoint {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/**
 * Discs swept along a line: between two points the brush is the convex hull of their discs. A pixel is in when its
 * centre is, and so is every pixel on the line itself, so that a brush of one pixel leaves no gaps.
 */
export function encodeStroke(points: readonly StrokePoint[], imageHw: SizeHw): EncodedMask {
  return encodedFromCounts(countsOfStroke(points, imageHw), imageHw);
}

/** The same as pixels, in the smallest window around them. */
export function strokeWindow(points: readonly StrokePoint[], imageHw: SizeHw): MaskWindow {
  return windowOfCounts(countsOfStroke(points, imageHw), imageHw);
}

export function countsOfStroke(points: readonly StrokePoint[], imageHw: SizeHw): number[] {
  const columns = new StrokeColumns(imageHw);
  points.forEach((point, index) => {
    const next = points[index + 1] ?? point;
    if (next === point && index > 0) return;
    sweep(columns, point, next);
    drawLine(columns, point, next);
  });
  return columns.finish();
}

/** The stretches of a stroke, column by column. A stroke moves on little by little: most stretches extend the last. */
class StrokeColumns {
  /** For each column: start, end, start, end, ... */
  private readonly stretches = new Map<number, number[]>();

  constructor(private readonly imageHw: SizeHw) {}

  /** Rows `first` up to, not including, `end`; what lies outside the image is left away. */
  add(column: number, first: number, end: number): void {
    const [height, width] = this.imageHw;
    const [start, stop] = [Math.max(first, 0), Math.min(end, height)];
    if (column < 0 || column >= width || start >= stop) return;
    const known = this.stretches.get(column);
    if (!known) this.stretches.set(column, [start, stop]);
    else addStretch(known, start, stop);
  }

  finish(): number[] {
    const [height, width] = this.imageHw;
    const writer = new RunWriter();
    for (const column of [...this.stretches.keys()].sort((a, b) => a - b)) {
      for (const [start, end] of inPairs(this.stretches.get(column) ?? [])) {
        writer.add(column * height + start, column * height + end);
      }
    }
    return writer.finish(height * width);
  }
}

/** Extends the last stretch where they touch. */
function addStretch(stretches: number[], start: number, end: number): void {
  const last = stretches.length - 2;
  const [lastStart, lastEnd] = [stretches[last] ?? 0, stretches[last + 1] ?? 0];
  if (start > lastEnd || end < lastStart) {
    stretches.push(start, end);
  } else {
    stretches[last] = Math.min(start, lastStart);
    stretches[last + 1] = Math.max(end, lastEnd);
  }
}

/** Ascending by their starts. */
function inPairs(stretches: readonly number[]): [start: number, end: number][] {
  const pairs: [number, number][] = [];
  for (let at = 0; at < stretches.length; at += 2) pairs.push([stretches[at] ?? 0, stretches[at + 1] ?? 0]);
  return pairs.sort(([a], [b]) => a - b);
}

/** Fills the hull of two discs column by column: a convex shape has one stretch in each. */
function sweep(columns: StrokeColumns, a: StrokePoint, b: StrokePoint): void {
  const tangents = outerTangents(a, b);
  const first = Math.ceil(Math.min(a.x - a.radius, b.x - b.radius) - 0.5);
  const last = Math.floor(Math.max(a.x + a.radius, b.x + b.radius) - 0.5);
  for (let column = first; column <= last; column++) {
    const reach = { top: Number.POSITIVE_INFINITY, bottom: Number.NEGATIVE_INFINITY };
    reachOfDisc(reach, a, column + 0.5);
    reachOfDisc(reach, b, column + 0.5);
    for (const tangent of tangents) reachOfSegment(reach, tangent, column + 0.5);
    columns.add(column, Math.ceil(reach.top - 0.5), Math.floor(reach.bottom - 0.5) + 1);
  }
}

interface Reach {
  top: number;
  bottom: number;
}

function extend(reach: Reach, top: number, bottom: number): void {
  reach.top = Math.min(reach.top, top);
  reach.bottom = Math.max(reach.bottom, bottom);
}

function reachOfDisc(reach: Reach, { x, y, radius }: StrokePoint, at: number): void {
  const half = Math.sqrt(radius * radius - (at - x) * (at - x));
  if (half >= 0) extend(reach, y - half, y + half);
}

type Segment = readonly [x0: number, y0: number, x1: number, y1: number];

function reachOfSegment(reach: Reach, [x0, y0, x1, y1]: Segment, at: number): void {
  if (x0 === x1 || at < Math.min(x0, x1) || at > Math.max(x0, x1)) return;
  const y = y0 + ((at - x0) / (x1 - x0)) * (y1 - y0);
  extend(reach, y, y);
}

/** The two lines that touch both discs from outside; none where one disc holds the other. */
function outerTangents(a: StrokePoint, b: StrokePoint): Segment[] {
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  const difference = a.radius - b.radius;
  if (length <= Math.abs(difference)) return [];
  const [alongX, alongY] = [(b.x - a.x) / length, (b.y - a.y) / length];
  const cosine = difference / length;
  const sine = Math.sqrt(1 - cosine * cosine);
  return [sine, -sine].map((side) => {
    const [normalX, normalY] = [alongX * cosine - alongY * side, alongY * cosine + alongX * side];
    return [
      a.x + a.radius * normalX,
      a.y + a.radius * normalY,
      b.x + b.radius * normalX,
      b.y + b.radius * normalY,
    ] as const;
  });
}

/** Every pixel that the line steps on, corner to corner at least (a digital differential analyser). */
function drawLine(columns: StrokeColumns, a: StrokePoint, b: StrokePoint): void {
  const steps = Math.max(Math.ceil(Math.abs(b.x - a.x)), Math.ceil(Math.abs(b.y - a.y)), 1);
  for (let step = 0; step <= steps; step++) {
    const row = Math.floor(a.y + ((b.y - a.y) * step) / steps);
    columns.add(Math.floor(a.x + ((b.x - a.x) * step) / steps), row, row + 1);
  }
}
