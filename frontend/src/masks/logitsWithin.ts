import type { ImageBox, SizeHw } from "../geometry";
import { foregroundCells, type LogitsGrid, type LowResLogits, validHw, WHOLE_IMAGE } from "./logits";

/** How far below the threshold a cell is of which the logits say nothing: surely background. */
const SURELY = 8;

/**
 * Logits of one part of an image as a decoder of another part takes them: read between the cells, in the middle of each
 * new one; background beyond the part that they are of.
 */
export function movedLogits(logits: LowResLogits, grid: LogitsGrid): LowResLogits {
  const [rows, columns] = validHw(logits);
  const across = sampledAlong(grid, logits, "x", columns);
  const down = sampledAlong(grid, logits, "y", rows);
  const data = new Float32Array(grid.height * grid.width).fill(grid.threshold - SURELY);
  for (const [row, y] of down.entries()) {
    if (y === null) continue;
    for (const [column, x] of across.entries()) {
      if (x !== null) data[row * grid.width + column] = between(logits, x, y) - logits.threshold + grid.threshold;
    }
  }
  return { ...grid, data };
}

/** A position between two samples: the one before it, the one after, and the weight of that. */
type Position = readonly [before: number, after: number, weight: number] | null;

/** Where the middle of each cell of `grid` lies among the `count` samples of `logits`; null: not among them. */
function sampledAlong(grid: LogitsGrid, logits: LogitsGrid, axis: "x" | "y", count: number): Position[] {
  const [from, to] = axis === "x" ? (["x0", "x1"] as const) : (["y0", "y1"] as const);
  const [at, side] = axis === "x" ? ([1, "width"] as const) : ([0, "height"] as const);
  const [target, source] = [grid.within ?? WHOLE_IMAGE, logits.within ?? WHOLE_IMAGE];
  return Array.from({ length: grid[side] }, (_, cell) => {
    const share = target[from] + ((cell + 0.5) / grid.extentHw[at]) * (target[to] - target[from]);
    if (share < source[from] || share > source[to]) return null;
    const position = ((share - source[from]) / (source[to] - source[from])) * logits.extentHw[at] - 0.5;
    const clamped = Math.min(Math.max(position, 0), count - 1);
    const before = Math.floor(clamped);
    return [before, Math.min(before + 1, count - 1), clamped - before];
  });
}

function between({ data, width }: LowResLogits, x: NonNullable<Position>, y: NonNullable<Position>): number {
  const along = (row: number): number => {
    const [before, after] = [data[row * width + x[0]] ?? 0, data[row * width + x[1]] ?? 0];
    return before + x[2] * (after - before);
  };
  const [above, below] = [along(y[0]), along(y[1])];
  return above + y[2] * (below - above);
}

/** The smallest box in the image around the mask, to a cell; null where nothing is foreground. */
export function boxOfLogits(logits: LowResLogits, [height, width]: SizeHw): ImageBox | null {
  const { top, bottom, left, right } = foregroundCells(logits);
  if (bottom === 0) return null;
  const { x0, y0, x1, y1 } = logits.within ?? WHOLE_IMAGE;
  const [extentY, extentX] = logits.extentHw;
  const x = (cell: number): number => (x0 + Math.min(cell / extentX, 1) * (x1 - x0)) * width;
  const y = (cell: number): number => (y0 + Math.min(cell / extentY, 1) * (y1 - y0)) * height;
  return { x0: x(left), y0: y(top), x1: x(right), y1: y(bottom) };
}
