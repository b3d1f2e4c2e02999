import type { ImagePoint } from "../geometry";
import type { EdgeMap } from "./edgeMap";
import { LinkCosts, MAX_LINK_COST, STEPS } from "./linkCosts";

const UNREACHED = 0xffffffff;
/** Unless told, the search stays this many corners around its seed: what lies beyond would take too long. */
const REACH = 384;

/** Corners of an edge map: columns and rows, all included. */
export interface CornerWindow {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * Edge-snapping scissors (Mortensen & Barrett 1995): the cheapest way along edges from a seed to any other point.
 * Dijkstra's search with a bucket queue, which goes on only until the point that was asked for is settled: a pointer
 * that moves on pays for the new ground alone.
 */
export class LiveWire {
  private readonly costs: LinkCosts;
  private readonly window: CornerWindow;
  /** Of these three each corner of the window has one number, by rows. */
  private readonly distance: Uint32Array;
  /** For each corner the step (index of STEPS) by which the way came, for going back; -1 at the seed. */
  private readonly cameBy: Int8Array;
  private readonly isSettled: Uint8Array;
  /** Corners (of the window) at distance d wait in bucket d % n: no link is dearer than n. */
  private readonly buckets: number[][] = Array.from({ length: MAX_LINK_COST + 1 }, () => []);
  private reached = 0;
  private waiting = 0;
  private readonly windowColumns: number;
  private readonly steps: readonly { readonly inWindow: number; readonly inMap: number }[];

  /** The search stays in `window`, in which the seed lies. */
  constructor(
    private readonly edges: EdgeMap,
    seed: ImagePoint,
    window: CornerWindow = windowAround(edges, seed),
  ) {
    this.costs = new LinkCosts(edges);
    this.window = window;
    this.windowColumns = window.right - window.left + 1;
    const corners = this.windowColumns * (window.bottom - window.top + 1);
    this.distance = new Uint32Array(corners).fill(UNREACHED);
    this.cameBy = new Int8Array(corners).fill(-1);
    this.isSettled = new Uint8Array(corners);
    this.steps = STEPS.map(([dx, dy]) => ({
      inWindow: dy * this.windowColumns + dx,
      inMap: dy * edges.columns + dx,
    }));
    this.enqueue(this.nearestCorner(seed), 0);
  }

  /** From the seed to the corner of the window nearest to `target`, both included; only where it turns. */
  pathTo(target: ImagePoint): ImagePoint[] {
    const end = this.nearestCorner(target);
    this.searchUntil(end);
    const path = [this.pointAt(end)];
    for (let corner = end, step = this.cameBy[corner] ?? -1; step >= 0; ) {
      corner -= this.steps[step]?.inWindow ?? 0;
      const before = this.cameBy[corner] ?? -1;
      if (before !== step) path.push(this.pointAt(corner));
      step = before;
    }
    return path.reverse();
  }

  /** What the way to the corner nearest to `target` costs. */
  costTo(target: ImagePoint): number {
    const end = this.nearestCorner(target);
    this.searchUntil(end);
    return this.distance[end] ?? UNREACHED;
  }

  private searchUntil(end: number): void {
    while (!this.isSettled[end] && this.waiting > 0) {
      const bucket = this.buckets[this.reached % this.buckets.length] as number[];
      const corner = bucket.pop();
      if (corner === undefined) {
        this.reached++;
        continue;
      }
      this.waiting--;
      // It may wait more than once, from dearer ways that were found before.
      if (!this.isSettled[corner]) this.settle(corner);
    }
  }

  private nearestCorner(target: ImagePoint): number {
    const { left, top, right, bottom } = this.window;
    const [column, row] = this.edges.columnAndRowAt(target);
    const across = Math.min(Math.max(column, left), right) - left;
    return (Math.min(Math.max(row, top), bottom) - top) * this.windowColumns + across;
  }

  private settle(corner: number): void {
    this.isSettled[corner] = 1;
    const { left, top, right, bottom } = this.window;
    const column = left + (corner % this.windowColumns);
    const row = top + Math.floor(corner / this.windowColumns);
    const inMap = row * this.edges.columns + column;
    this.edges.prepare(inMap);
    const isAtRim = column === left || column === right || row === top || row === bottom;
    for (let step = 0; step < this.steps.length; step++) {
      const offset = this.steps[step] as (typeof this.steps)[number];
      const next = corner + offset.inWindow;
      if ((isAtRim && !this.isInside(column, row, step)) || this.isSettled[next]) continue;
      const distance = this.reached + this.costs.cost(inMap, inMap + offset.inMap, step);
      if (distance >= (this.distance[next] ?? UNREACHED)) continue;
      this.cameBy[next] = step;
      this.enqueue(next, distance);
    }
  }

  private isInside(column: number, row: number, step: number): boolean {
    const [dx, dy] = STEPS[step] as (typeof STEPS)[number];
    const { left, top, right, bottom } = this.window;
    return column + dx >= left && column + dx <= right && row + dy >= top && row + dy <= bottom;
  }

  private enqueue(corner: number, distance: number): void {
    this.distance[corner] = distance;
    this.buckets[distance % this.buckets.length]?.push(corner);
    this.waiting++;
  }

  private pointAt(corner: number): ImagePoint {
    const { left, top } = this.window;
    const row = top + Math.floor(corner / this.windowColumns);
    return this.edges.pointAt(row * this.edges.columns + left + (corner % this.windowColumns));
  }
}

/** The corners within reach of a seed. */
function windowAround(edges: EdgeMap, seed: ImagePoint): CornerWindow {
  const [column, row] = edges.columnAndRowAt(seed);
  return {
    left: Math.max(column - REACH, 0),
    top: Math.max(row - REACH, 0),
    right: Math.min(column + REACH, edges.columns - 1),
    bottom: Math.min(row + REACH, edges.rows - 1),
  };
}
