import { ColumnRuns } from "./columnRuns";
import { combineCounts } from "./combine";
import { type EncodedMask, encodedFromCounts } from "./encodedMask";
import type { Rle } from "./rle";
import { countsOf } from "./rleDecoder";
import { RunWriter } from "./runWriter";

/** All pixels no farther than `radius` pixels (Euclidean, centre to centre) from one of the mask: dilation by a disc. */
export function growMask(rle: Rle, radius: number): EncodedMask {
  return encodedFromCounts(dilate(countsOf(rle), rle.size, radius), rle.size);
}

/**
 * The pixels whose neighbours up to `radius` pixels away are all of the mask: erosion by a disc. Beyond the image's
 * edge nothing is known, and nothing is taken away: a mask that runs out of the image still does.
 */
export function shrinkMask(rle: Rle, radius: number): EncodedMask {
  return encodedFromCounts(erode(countsOf(rle), rle.size, radius), rle.size);
}

/** Background and foreground change places. */
export function complementCounts(counts: readonly number[]): number[] {
  return counts[0] === 0 ? counts.slice(1) : [0, ...counts];
}

export function erode(counts: readonly number[], size: Rle["size"], radius: number): number[] {
  return complementCounts(dilate(complementCounts(counts), size, radius));
}

/** Every stretch of a column reaches into the columns beside it, by as much as the disc is high there. */
export function dilate(counts: readonly number[], [height, width]: Rle["size"], radius: number): number[] {
  const runs = new ColumnRuns(height, width, counts);
  const reaches = discHeights(radius);
  const cover = new Cover(height);
  const writer = new RunWriter();
  for (let column = 0; column < width; column++) {
    reaches.forEach((reach, index) => {
      cover.addColumn(runs, column + index - (reaches.length - 1) / 2, reach);
    });
    cover.flush(writer, column * height);
  }
  return writer.finish(height * width);
}

/** How far a disc reaches up and down at each of its columns, left to right: 2 * floor(radius) + 1 whole numbers. */
export function discHeights(radius: number): number[] {
  const across = Math.floor(radius);
  return Array.from({ length: 2 * across + 1 }, (_, index) =>
    Math.floor(Math.sqrt(radius * radius - (index - across) * (index - across))),
  );
}

/** Counts how many stretches lie over each row of one column, by noting where they start (+1) and end (-1). */
class Cover {
  private readonly changes: Int32Array;
  private firstRow: number;
  private endRow = 0;

  constructor(private readonly height: number) {
    this.changes = new Int32Array(height + 1);
    this.firstRow = height;
  }

  addColumn({ first, starts, ends, width }: ColumnRuns, column: number, reach: number): void {
    if (column < 0 || column >= width) return;
    for (let run = first[column] ?? 0; run < (first[column + 1] ?? 0); run++) {
      const start = Math.max((starts[run] ?? 0) - reach, 0);
      const end = Math.min((ends[run] ?? 0) + reach, this.height);
      this.changes[start] = (this.changes[start] ?? 0) + 1;
      this.changes[end] = (this.changes[end] ?? 0) - 1;
      if (start < this.firstRow) this.firstRow = start;
      if (end > this.endRow) this.endRow = end;
    }
  }

  /** Writes the rows that are covered, and forgets them. */
  flush(writer: RunWriter, base: number): void {
    let covered = 0;
    let start = 0;
    for (let row = this.firstRow; row <= this.endRow; row++) {
      const change = this.changes[row] ?? 0;
      if (change === 0) continue;
      this.changes[row] = 0;
      if (covered === 0) start = row;
      covered += change;
      if (covered === 0) writer.add(base + start, base + row);
    }
    this.firstRow = this.height;
    this.endRow = 0;
  }
}

/** Where a disc laid over a pixel may hold foreground and background both. */
export function borderBand(counts: readonly number[], size: Rle["size"], radius: number): number[] {
  return combineCounts(dilate(counts, size, radius), erode(counts, size, radius), "subtract");
}
