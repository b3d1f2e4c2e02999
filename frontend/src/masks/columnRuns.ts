import { forEachForegroundRun, type Rle } from "./rle";
import { countsOf } from "./rleDecoder";
import { RunWriter } from "./runWriter";

/**
 * The foreground of a mask column by column: the stretches of column c are `first[c]` up to, not including,
 * `first[c + 1]`; stretch i holds rows `starts[i]` up to, not including, `ends[i]`. In each column they ascend and do
 * not touch.
 */
export class ColumnRuns {
  readonly first: Int32Array;
  private rows = { starts: new Int32Array(64), ends: new Int32Array(64) };
  private count = 0;

  constructor(
    readonly height: number,
    readonly width: number,
    counts: readonly number[],
  ) {
    this.first = new Int32Array(width + 1);
    this.read(counts);
    for (let column = 0; column < width; column++) {
      this.first[column + 1] = (this.first[column + 1] ?? 0) + (this.first[column] ?? 0);
    }
  }

  get starts(): Int32Array {
    return this.rows.starts.subarray(0, this.count);
  }

  get ends(): Int32Array {
    return this.rows.ends.subarray(0, this.count);
  }

  /** The stretch that holds a pixel; -1 where none does. */
  at(column: number, row: number): number {
    if (column < 0 || column >= this.width) return -1;
    const { starts, ends } = this.rows;
    const end = this.first[column + 1] ?? 0;
    let [low, high] = [this.first[column] ?? 0, end];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) <= row) low = middle + 1;
      else high = middle;
    }
    return low < end && (starts[low] ?? 0) <= row ? low : -1;
  }

  private read(counts: readonly number[]): void {
    forEachForegroundRun(counts, (start, length) => {
      const end = start + length;
      for (let at = start; at < end; ) {
        const column = Math.floor(at / this.height);
        const columnStart = column * this.height;
        const stop = Math.min(end, columnStart + this.height);
        this.add(column, at - columnStart, stop - columnStart);
        at = stop;
      }
    });
  }

  /** While reading, first[c + 1] counts the stretches of column c. */
  private add(column: number, start: number, end: number): void {
    const { starts, ends } = this.rows;
    const inColumn = this.first[column + 1] ?? 0;
    if (inColumn > 0 && ends[this.count - 1] === start) {
      ends[this.count - 1] = end;
      return;
    }
    if (this.count === starts.length) this.grow();
    this.rows.starts[this.count] = start;
    this.rows.ends[this.count] = end;
    this.first[column + 1] = inColumn + 1;
    this.count++;
  }

  private grow(): void {
    const double = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const grown = new Int32Array(old.length * 2);
      grown.set(old);
      return grown;
    };
    this.rows = { starts: double(this.rows.starts), ends: double(this.rows.ends) };
  }
}

export function columnRunsOf(rle: Rle): ColumnRuns {
  return new ColumnRuns(rle.size[0], rle.size[1], countsOf(rle));
}

/** The run lengths of those stretches for which `keep` is true. */
export function countsOfRuns(
  { height, width, first, starts, ends }: ColumnRuns,
  keep: (run: number) => boolean,
): number[] {
  const writer = new RunWriter();
  for (let column = 0; column < width; column++) {
    const [from, to, base] = [first[column] ?? 0, first[column + 1] ?? 0, column * height];
    for (let run = from; run < to; run++) {
      if (keep(run)) writer.add(base + (starts[run] ?? 0), base + (ends[run] ?? 0));
    }
  }
  return writer.finish(height * width);
}
