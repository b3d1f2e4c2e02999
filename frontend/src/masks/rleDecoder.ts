import type { BinaryMask } from "./binaryMask";
import { decodeCounts, InvalidRle } from "./counts";
import type { BboxXywh, Rle } from "./rle";

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

/** `pixels`: memory of at least height x width bytes that the mask may lie in, whatever is there; left out, new memory. */
export function decodeRle(rle: Rle, pixels?: Uint8Array): BinaryMask {
  const [height, width] = rle.size;
  return decodeRegion(countsOf(rle), height, [0, 0, width, height], 1, pixels);
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
  pixels?: Uint8Array,
): BinaryMask {
  const [height, width] = [Math.ceil(region[3] / step), Math.ceil(region[2] / step)];
  const data = pixels?.subarray(0, height * width) ?? new Uint8Array(height * width);
  const mask = { height, width, data };
  fillRows(mask, sortByRow(changesIn(mask, counts, imageHeight, region, step), height));
  return mask;
}

/** Places where a column of the sampled region changes from the pixel above; `count` of the arrays are filled. */
interface Changes {
  readonly rows: Int32Array;
  readonly columns: Int32Array;
  readonly count: number;
}

/** Column after column, in each from the top; a change at row `height`, below the region, is left out. */
function changesIn(
  { height, width }: BinaryMask,
  counts: readonly number[],
  imageHeight: number,
  [left, top]: BboxXywh,
  step: number,
): Changes {
  const list = new ChangeList(counts.length + 2 * width);
  const middle = Math.floor((step - 1) / 2);
  /** The first sampled line at or after `line`, counted inside the region. */
  const sampled = (line: number, start: number, limit: number): number =>
    Math.min(Math.max(Math.ceil((line - start - middle) / step), 0), limit);

  const [regionStart, regionEnd] = [left * imageHeight, (left + width * step) * imageHeight];
  for (let run = 1, end = counts[0] ?? 0; run < counts.length && end < regionEnd; run += 2) {
    const start = end;
    const stop = start + (counts[run] ?? 0);
    end = stop + (counts[run + 1] ?? 0);
    if (stop <= regionStart || stop === start) continue;
    const firstColumn = sampled(Math.floor(start / imageHeight), left, width);
    const endColumn = sampled(Math.floor((stop - 1) / imageHeight) + 1, left, width);
    for (let column = firstColumn; column < endColumn; column++) {
      const columnStart = (left + column * step + middle) * imageHeight;
      const firstRow = sampled(Math.max(start - columnStart, 0), top, height);
      const endRow = sampled(Math.min(stop - columnStart, imageHeight), top, height);
      if (firstRow >= endRow) continue;
      list.add(firstRow, column);
      if (endRow < height) list.add(endRow, column);
    }
  }
  return list;
}

class ChangeList implements Changes {
  rows: Int32Array;
  columns: Int32Array;
  count = 0;

  constructor(size: number) {
    this.rows = new Int32Array(size);
    this.columns = new Int32Array(size);
  }

  add(row: number, column: number): void {
    if (this.count === this.rows.length) this.grow();
    this.rows[this.count] = row;
    this.columns[this.count++] = column;
  }

  private grow(): void {
    const [rows, columns] = [new Int32Array(2 * this.count + 2), new Int32Array(2 * this.count + 2)];
    rows.set(this.rows);
    columns.set(this.columns);
    this.rows = rows;
    this.columns = columns;
  }
}

/** The columns that change in row r are columns[first[r]] .. columns[first[r + 1] - 1]. */
interface RowChanges {
  readonly first: Int32Array;
  readonly columns: Int32Array;
}

/** Counting sort. */
function sortByRow({ rows, columns, count }: Changes, height: number): RowChanges {
  const first = new Int32Array(height + 1);
  for (let at = 0; at < count; at++) {
    const row = rows[at] ?? 0;
    first[row + 1] = (first[row + 1] ?? 0) + 1;
  }
  for (let row = 0; row < height; row++) first[row + 1] = (first[row + 1] ?? 0) + (first[row] ?? 0);
  const sorted = new Int32Array(count);
  const next = first.slice();
  for (let at = 0; at < count; at++) {
    const row = rows[at] ?? 0;
    const slot = next[row] ?? 0;
    sorted[slot] = columns[at] ?? 0;
    next[row] = slot + 1;
  }
  return { first, columns: sorted };
}

/** One row is kept and changed from row to row; each pixel of the mask is written once, in the order of memory. */
function fillRows({ data, width, height }: BinaryMask, { first, columns }: RowChanges): void {
  const current = new Uint8Array(width);
  for (let row = 0; row < height; row++) {
    const end = first[row + 1] ?? 0;
    for (let change = first[row] ?? 0; change < end; change++) {
      const column = columns[change] ?? 0;
      current[column] = (current[column] ?? 0) ^ 1;
    }
    data.set(current, row * width);
  }
}
