import type { SizeHw } from "../geometry";
import { emptyMask } from "./binaryMask";
import { clipBbox, type MaskWindow } from "./maskWindow";

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
export function strokeWindow(points: readonly StrokePoint[], imageHw: SizeHw): MaskWindow {
  const window = windowAround(points, imageHw);
  points.forEach((point, index) => {
    const next = points[index + 1] ?? point;
    if (next === point && index > 0) return;
    sweep(window, point, next);
    drawLine(window, point, next);
  });
  return window;
}

function windowAround(points: readonly StrokePoint[], imageHw: SizeHw): MaskWindow {
  let [x0, y0, x1, y1] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0, 0];
  for (const { x, y, radius } of points) {
    x0 = Math.min(x0, Math.floor(x - radius));
    y0 = Math.min(y0, Math.floor(y - radius));
    x1 = Math.max(x1, Math.ceil(x + radius), Math.floor(x) + 1);
    y1 = Math.max(y1, Math.ceil(y + radius), Math.floor(y) + 1);
  }
  if (points.length === 0) [x0, y0] = [0, 0];
  const [left, top, width, height] = clipBbox([x0, y0, x1 - x0, y1 - y0], imageHw);
  return { left, top, mask: emptyMask(height, width) };
}

/** Fills the hull of two discs row by row: a convex shape has one stretch in each. */
function sweep(window: MaskWindow, a: StrokePoint, b: StrokePoint): void {
  const tangents = outerTangents(a, b);
  const firstRow = Math.ceil(Math.min(a.y - a.radius, b.y - b.radius) - 0.5);
  const lastRow = Math.floor(Math.max(a.y + a.radius, b.y + b.radius) - 0.5);
  for (let row = firstRow; row <= lastRow; row++) {
    const y = row + 0.5;
    const reach = { left: Number.POSITIVE_INFINITY, right: Number.NEGATIVE_INFINITY };
    reachOfDisc(reach, a, y);
    reachOfDisc(reach, b, y);
    for (const tangent of tangents) reachOfSegment(reach, tangent, y);
    fillRow(window, row, Math.ceil(reach.left - 0.5), Math.floor(reach.right - 0.5) + 1);
  }
}

interface Reach {
  left: number;
  right: number;
}

function extend(reach: Reach, left: number, right: number): void {
  reach.left = Math.min(reach.left, left);
  reach.right = Math.max(reach.right, right);
}

function reachOfDisc(reach: Reach, { x, y, radius }: StrokePoint, at: number): void {
  const half = Math.sqrt(radius * radius - (at - y) * (at - y));
  if (half >= 0) extend(reach, x - half, x + half);
}

type Segment = readonly [x0: number, y0: number, x1: number, y1: number];

function reachOfSegment(reach: Reach, [x0, y0, x1, y1]: Segment, at: number): void {
  if (y0 === y1 || at < Math.min(y0, y1) || at > Math.max(y0, y1)) return;
  const x = x0 + ((at - y0) / (y1 - y0)) * (x1 - x0);
  extend(reach, x, x);
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
function drawLine(window: MaskWindow, a: StrokePoint, b: StrokePoint): void {
  const steps = Math.max(Math.ceil(Math.abs(b.x - a.x)), Math.ceil(Math.abs(b.y - a.y)), 1);
  for (let step = 0; step <= steps; step++) {
    const column = Math.floor(a.x + ((b.x - a.x) * step) / steps);
    fillRow(window, Math.floor(a.y + ((b.y - a.y) * step) / steps), column, column + 1);
  }
}

/** Columns `first` up to, not including, `end` of an image row; what lies outside the window is left away. */
function fillRow({ left, top, mask }: MaskWindow, row: number, first: number, end: number): void {
  const [from, to] = [Math.max(first - left, 0), Math.min(end - left, mask.width)];
  if (row < top || row >= top + mask.height || from >= to) return;
  const start = (row - top) * mask.width;
  mask.data.fill(1, start + from, start + to);
}
