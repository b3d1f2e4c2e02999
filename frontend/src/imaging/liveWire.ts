import type { ImagePoint } from "../geometry";
import type { EdgeMap } from "./edgeMap";
import { LinkCosts, MAX_LINK_COST, STEPS } from "./linkCosts";

const UNREACHED = 0xffffffff;
/** The search stays this many corners, across and down, around its seed: what lies beyond would take too long. */
const REACH = 384;

/**
 * Edge-snapping scissors (Mortensen & Barrett 1995): the cheapest way along edges from a seed to any other point.
 * Dijkstra's search with a bucket queue, which goes on only until the point that was asked for is settled: a pointer
 * that moves on pays for the new ground alone.
 */
export class LiveWire {
  private readonly costs: LinkCosts;
  private readonly distance: Uint32Array;
  /** For each corner the step (index of STEPS) by which the way came, for going back; -1 at the seed. */
  private readonly cameBy: Int8Array;
  private readonly isSettled: Uint8Array;
  /** Corners at distance d wait in bucket d % n: no link is dearer than n. */
  private readonly buckets: number[][] = Array.from({ length: MAX_LINK_COST + 1 }, () => []);
  private reached = 0;
  private waiting = 0;
  private readonly neighbourOffsets: Int32Array;
  private readonly window: {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  };

  constructor(
    private readonly edges: EdgeMap,
    seed: ImagePoint,
  ) {
    const corners = edges.columns * edges.rows;
    this.costs = new LinkCosts(edges);
    this.distance = new Uint32Array(corners).fill(UNREACHED);
    this.cameBy = new Int8Array(corners).fill(-1);
    this.isSettled = new Uint8Array(corners);
    this.neighbourOffsets = Int32Array.from(STEPS, ([dx, dy]) => dy * edges.columns + dx);
    const start = edges.cornerAt(seed);
    const [column, row] = [start % edges.columns, Math.floor(start / edges.columns)];
    this.window = {
      left: Math.max(column - REACH, 0),
      top: Math.max(row - REACH, 0),
      right: Math.min(column + REACH, edges.columns - 1),
      bottom: Math.min(row + REACH, edges.rows - 1),
    };
    this.enqueue(start, 0);
  }

  /**
   * From the seed to the corner nearest to `target` within reach (384 corners of the seed, inside the edge map), both
   * included; only where it turns.
   */
  pathTo(target: ImagePoint): ImagePoint[] {
    const end = this.nearestCorner(target);
    this.searchUntil(end);
    const path = [this.edges.pointAt(end)];
    for (let corner = end, step = this.cameBy[corner] ?? -1; step >= 0; ) {
      corner -= this.neighbourOffsets[step] ?? 0;
      const before = this.cameBy[corner] ?? -1;
      if (before !== step) path.push(this.edges.pointAt(corner));
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
    const { columns } = this.edges;
    const { left, top, right, bottom } = this.window;
    const corner = this.edges.cornerAt(target);
    const column = Math.min(Math.max(corner % columns, left), right);
    return Math.min(Math.max(Math.floor(corner / columns), top), bottom) * columns + column;
  }

  private settle(corner: number): void {
    this.isSettled[corner] = 1;
    this.edges.prepare(corner);
    const { columns } = this.edges;
    const { left, top, right, bottom } = this.window;
    const [column, row] = [corner % columns, Math.floor(corner / columns)];
    const isAtRim = column === left || column === right || row === top || row === bottom;
    for (let step = 0; step < STEPS.length; step++) {
      const next = corner + (this.neighbourOffsets[step] ?? 0);
      if ((isAtRim && !this.isInside(column, row, step)) || this.isSettled[next]) continue;
      const distance = this.reached + this.costs.cost(corner, next, step);
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
}
