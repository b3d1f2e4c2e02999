import { ColumnRuns } from "./columnRuns";
import { combineCounts } from "./combine";
import { type EncodedMask, encodedFromCounts } from "./encodedMask";
import { borderBand, discHeights } from "./morphology";
import type { Rle } from "./rle";
import { countsOf } from "./rleDecoder";
import { RunWriter } from "./runWriter";

/**
 * Every pixel becomes what most pixels of the disc around it are (a median filter; of the disc only what lies in the
 * image counts, and where both are equally many the pixel stays). Straight edges stay where they are; bumps, notches
 * and specks that are small beside the disc go.
 */
export function smoothMask(rle: Rle, radius: number): EncodedMask {
  const counts = countsOf(rle);
  const band = borderBand(counts, rle.size, radius);
  const inner = combineCounts(counts, band, "subtract");
  return encodedFromCounts(combineCounts(inner, majority(counts, band, rle.size, radius), "union"), rle.size);
}

/** Of the pixels of `band`, those that become foreground. Only there can anything change. */
function majority(counts: readonly number[], band: readonly number[], size: Rle["size"], radius: number): number[] {
  const [height, width] = size;
  const places = new ColumnRuns(height, width, band);
  const disc = new SlidingDisc(new ColumnRuns(height, width, counts), radius);
  const writer = new RunWriter();
  for (let column = 0; column < width; column++) {
    for (let run = places.first[column] ?? 0; run < (places.first[column + 1] ?? 0); run++) {
      disc.moveTo(column);
      for (let row = places.starts[run] ?? 0; row < (places.ends[run] ?? 0); row++) {
        if (disc.isForeground(row)) writer.add(column * height + row, column * height + row + 1);
      }
    }
  }
  return writer.finish(height * width);
}

/** Counts a disc's foreground with sums along the columns it lies on; it keeps no more columns than that. */
class SlidingDisc {
  private readonly reaches: readonly number[];
  /** Sums of the last columns: `sums[c % n][r]` is the foreground of column c above row r. */
  private readonly sums: Int32Array[];
  private readonly summed: number[];
  private column = -1;

  constructor(
    private readonly runs: ColumnRuns,
    radius: number,
  ) {
    this.reaches = discHeights(radius);
    this.sums = this.reaches.map(() => new Int32Array(runs.height + 1));
    this.summed = this.reaches.map(() => -1);
  }

  moveTo(column: number): void {
    if (column === this.column) return;
    this.column = column;
    const { length } = this.reaches;
    const half = (length - 1) / 2;
    for (let at = Math.max(column - half, 0); at <= Math.min(column + half, this.runs.width - 1); at++) {
      if (this.summed[at % length] === at) continue;
      this.summed[at % length] = at;
      this.sumColumn(at, this.sums[at % length] as Int32Array);
    }
  }

  isForeground(row: number): boolean {
    const { height, width } = this.runs;
    const { length } = this.reaches;
    let [foreground, pixels] = [0, 0];
    for (let index = 0; index < length; index++) {
      const column = this.column + index - (length - 1) / 2;
      if (column < 0 || column >= width) continue;
      const reach = this.reaches[index] ?? 0;
      const [top, bottom] = [Math.max(row - reach, 0), Math.min(row + reach + 1, height)];
      const sums = this.sums[column % length] as Int32Array;
      foreground += (sums[bottom] ?? 0) - (sums[top] ?? 0);
      pixels += bottom - top;
    }
    return 2 * foreground === pixels ? this.wasForeground(row) : 2 * foreground > pixels;
  }

  private wasForeground(row: number): boolean {
    const sums = this.sums[this.column % this.reaches.length] as Int32Array;
    return (sums[row + 1] ?? 0) > (sums[row] ?? 0);
  }

  private sumColumn(column: number, sums: Int32Array): void {
    const { first, starts, ends, height } = this.runs;
    let [row, sum] = [0, 0];
    for (let run = first[column] ?? 0; run < (first[column + 1] ?? 0); run++) {
      sums.fill(sum, row, (starts[run] ?? 0) + 1);
      row = (starts[run] ?? 0) + 1;
      while (row <= (ends[run] ?? 0)) sums[row++] = ++sum;
    }
    sums.fill(sum, row, height + 1);
  }
}
