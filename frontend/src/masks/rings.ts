import { type ImagePoint, imagePoint } from "../geometry";
import { type ColumnRuns, columnRunsOf } from "./columnRuns";
import type { Rle } from "./rle";

/**
 * The outlines of a mask along the edges of its pixels: corners at whole numbers, walked clockwise (as seen on the
 * screen) around foreground and counter-clockwise around holes. Pixels that touch only at a corner lie in rings of
 * their own, holes that do in one. `encodePolygon` of the rings is the same mask again.
 */
export function maskRings(rle: Rle): ImagePoint[][] {
  const edges = new VerticalEdges(columnRunsOf(rle));
  return traceRings(edges, pairAlongRows(edges, rle.size[0]));
}

/** Twice the area is the sum of cross products (the shoelace formula); holes are negative. */
export function ringArea(ring: readonly ImagePoint[]): number {
  let doubled = 0;
  ring.forEach((p, index) => {
    const q = ring[(index + 1) % ring.length] as ImagePoint;
    doubled += p.x * q.y - q.x * p.y;
  });
  return doubled / 2;
}

/** Edge e stands at `x[e]`, from row y[2e] down to y[2e + 1]: these two are its ends. */
class VerticalEdges {
  readonly x: number[] = [];
  readonly y: number[] = [];
  /** Whether the foreground is left of the edge (1) or right of it (0). */
  readonly isForegroundLeft: number[] = [];

  /** Edges come from left to right; at one x those with the foreground on the left come first. */
  constructor(runs: ColumnRuns) {
    for (let x = 0; x <= runs.width; x++) {
      this.addDifference(runs, x, x - 1, x, 1);
      this.addDifference(runs, x, x, x - 1, 0);
    }
  }

  /** The rows that are foreground in column `inside` but not in column `outside`; no column is left of 0. */
  private addDifference(runs: ColumnRuns, x: number, inside: number, outside: number, isForegroundLeft: number): void {
    const { first, starts, ends, width } = runs;
    if (inside < 0 || inside >= width) return;
    let other = first[Math.max(outside, 0)] ?? 0;
    const stop = outside < 0 || outside >= width ? other : (first[outside + 1] ?? 0);
    for (let run = first[inside] ?? 0; run < (first[inside + 1] ?? 0); run++) {
      let [row, end] = [starts[run] ?? 0, ends[run] ?? 0];
      while (other < stop && (ends[other] ?? 0) <= row) other++;
      for (let at = other; at < stop && (starts[at] ?? 0) < end; at++) {
        this.add(x, row, starts[at] ?? 0, isForegroundLeft);
        row = ends[at] ?? 0;
      }
      this.add(x, row, end, isForegroundLeft);
    }
  }

  private add(x: number, start: number, end: number, isForegroundLeft: number): void {
    if (start >= end) return;
    this.x.push(x);
    this.y.push(start, end);
    this.isForegroundLeft.push(isForegroundLeft);
  }
}

/**
 * For every end of an edge the end that a horizontal edge joins it to. Along a row, sorted by x, every second gap is
 * an edge. Where four edges meet, the order of the edges at one x lets the outline turn so that foreground is parted.
 */
function pairAlongRows({ y }: VerticalEdges, height: number): Int32Array {
  const slots = new Int32Array(height + 2);
  for (const row of y) slots[row + 1] = (slots[row + 1] ?? 0) + 1;
  for (let row = 0; row <= height; row++) slots[row + 1] = (slots[row + 1] ?? 0) + (slots[row] ?? 0);
  const sorted = new Int32Array(y.length);
  y.forEach((row, end) => {
    const slot = slots[row] ?? 0;
    sorted[slot] = end;
    slots[row] = slot + 1;
  });
  const partner = new Int32Array(y.length);
  for (let at = 0; at < sorted.length; at += 2) {
    const [a, b] = [sorted[at] ?? 0, sorted[at + 1] ?? 0];
    partner[a] = b;
    partner[b] = a;
  }
  return partner;
}

function traceRings({ x, y, isForegroundLeft }: VerticalEdges, partner: Int32Array): ImagePoint[][] {
  const rings: ImagePoint[][] = [];
  const seen = new Uint8Array(x.length);
  for (let edge = 0; edge < x.length; edge++) {
    const ring: ImagePoint[] = [];
    // Down where the foreground is on the left: that is clockwise.
    let end = 2 * edge + (isForegroundLeft[edge] ? 0 : 1);
    while (!seen[end >> 1]) {
      seen[end >> 1] = 1;
      const at = x[end >> 1] ?? 0;
      ring.push(imagePoint(at, y[end] ?? 0), imagePoint(at, y[end ^ 1] ?? 0));
      end = partner[end ^ 1] ?? 0;
    }
    if (ring.length > 0) rings.push(ring);
  }
  return rings;
}
