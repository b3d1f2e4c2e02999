import { decodeCounts } from "./counts";

/** COCO compressed RLE of the image as shown: `size` is [height, width], `counts` the compressed string. */
export interface Rle {
  readonly size: readonly [height: number, width: number];
  readonly counts: string;
}

/** x, y, width, height in pixels, as COCO has it. */
export type BboxXywh = readonly [x: number, y: number, width: number, height: number];

/** Number of foreground pixels. */
export function rleArea(rle: Rle): number {
  return areaOfCounts(decodeCounts(rle.counts));
}

/** The smallest box around the foreground; [0, 0, 0, 0] when there is none, as pycocotools answers. */
export function rleBbox(rle: Rle): BboxXywh {
  return bboxOfCounts(decodeCounts(rle.counts), rle.size[0]);
}

export function areaOfCounts(counts: readonly number[]): number {
  let area = 0;
  for (let run = 1; run < counts.length; run += 2) area += counts[run] ?? 0;
  return area;
}

export function bboxOfCounts(counts: readonly number[], height: number): BboxXywh {
  let [left, top, right, bottom] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, -1, -1];
  forEachForegroundRun(counts, (start, length) => {
    const last = start + length - 1;
    const [firstColumn, lastColumn] = [Math.floor(start / height), Math.floor(last / height)];
    const crossesColumns = lastColumn > firstColumn;
    left = Math.min(left, firstColumn);
    right = Math.max(right, lastColumn);
    top = Math.min(top, crossesColumns ? 0 : start % height);
    bottom = Math.max(bottom, crossesColumns ? height - 1 : last % height);
  });
  return right < 0 ? [0, 0, 0, 0] : [left, top, right - left + 1, bottom - top + 1];
}

/** Calls back with each foreground run that is not empty: its first index in column-major order, and its length. */
export function forEachForegroundRun(counts: readonly number[], visit: (start: number, length: number) => void): void {
  let position = 0;
  for (let run = 0; run < counts.length; run++) {
    const length = counts[run] ?? 0;
    if (run % 2 === 1 && length > 0) visit(position, length);
    position += length;
  }
}
