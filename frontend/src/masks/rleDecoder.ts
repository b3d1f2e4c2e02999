import { type BinaryMask, emptyMask } from "./binaryMask";
import { decodeCounts, InvalidRle } from "./counts";
import { type BboxXywh, forEachForegroundRun, type Rle } from "./rle";

/** Run lengths of an RLE, checked to fill its size. Throws InvalidRle. */
export function countsOf(rle: Rle): number[] {
  const [height, width] = rle.size;
  const counts = decodeCounts(rle.counts);
  let total = 0;
  for (const run of counts) total += run;
  if (counts.length > height * width + 1) throw new InvalidRle("The RLE has more runs than pixels.");
  if (total !== height * width) {
    throw new InvalidRle(`The RLE has ${total} pixels but its size ${height} x ${width} has ${height * width}.`);
  }
  return counts;
}

export function decodeRle(rle: Rle): BinaryMask {
  const [height, width] = rle.size;
  return decodeRegion(countsOf(rle), height, [0, 0, width, height], 1);
}

/**
 * The mask inside `region`, every `step`-th pixel of it (the middle one of each step x step block).
 * `region` lies inside the image. Shape: ceil(region height / step) x ceil(region width / step).
 */
export function decodeRegion(
  counts: readonly number[],
  imageHeight: number,
  region: BboxXywh,
  step: number,
): BinaryMask {
  const [, , regionWidth, regionHeight] = region;
  const mask = emptyMask(Math.ceil(regionHeight / step), Math.ceil(regionWidth / step));
  fillRows(
    mask,
    changesByRow(mask, (visit) => forEachChange(mask, counts, imageHeight, region, step, visit)),
  );
  return mask;
}

/** Calls back with each place where a column of the sampled region changes from the pixel above, row `height` aside. */
function forEachChange(
  { height, width }: BinaryMask,
  counts: readonly number[],
  imageHeight: number,
  [left, top]: BboxXywh,
  step: number,
  visit: (row: number, column: number) => void,
): void {
  const middle = Math.floor((step - 1) / 2);
  /** The first sampled line at or after `line`, counted inside the region. */
  const sampled = (line: number, start: number, limit: number): number =>
    Math.min(Math.max(Math.ceil((line - start - middle) / step), 0), limit);

  const [regionStart, regionEnd] = [left * imageHeight, (left + width * step) * imageHeight];
  forEachForegroundRun(counts, (start, length) => {
    const end = start + length;
    if (end <= regionStart || start >= regionEnd) return;
    const firstColumn = sampled(Math.floor(start / imageHeight), left, width);
    const endColumn = sampled(Math.floor((end - 1) / imageHeight) + 1, left, width);
    for (let column = firstColumn; column < endColumn; column++) {
      const columnStart = (left + column * step + middle) * imageHeight;
      const firstRow = sampled(Math.max(start - columnStart, 0), top, height);
      const endRow = sampled(Math.min(end - columnStart, imageHeight), top, height);
      if (firstRow >= endRow) continue;
      visit(firstRow, column);
      if (endRow < height) visit(endRow, column);
    }
  });
}

/** The columns that change in row r are columns[first[r]] .. columns[first[r + 1] - 1]. */
interface RowChanges {
  readonly first: Int32Array;
  readonly columns: Int32Array;
}

/** Counting sort; `walk` is called twice and must visit the same places. */
function changesByRow(
  { height }: BinaryMask,
  walk: (visit: (row: number, column: number) => void) => void,
): RowChanges {
  const first = new Int32Array(height + 1);
  walk((row) => {
    first[row + 1] = (first[row + 1] ?? 0) + 1;
  });
  for (let row = 0; row < height; row++) first[row + 1] = (first[row + 1] ?? 0) + (first[row] ?? 0);
  const columns = new Int32Array(first[height] ?? 0);
  const next = first.slice();
  walk((row, column) => {
    const slot = next[row] ?? 0;
    columns[slot] = column;
    next[row] = slot + 1;
  });
  return { first, columns };
}

/** One row is kept and changed from row to row; each pixel of the mask is written once, in the order of memory. */
function fillRows({ data, width, height }: BinaryMask, { first, columns }: RowChanges): void {
  const current = new Uint8Array(width);
  for (let row = 0; row < height; row++) {
    for (let change = first[row] ?? 0; change < (first[row + 1] ?? 0); change++) {
      const column = columns[change] ?? 0;
      current[column] = (current[column] ?? 0) ^ 1;
    }
    data.set(current, row * width);
  }
}
