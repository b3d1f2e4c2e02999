import { checkSameSize } from "./combine";
import { forEachForegroundRun, type Rle } from "./rle";
import { countsOf } from "./rleDecoder";

/** Intersection over union of two masks of the same size; 1 when both are empty. */
export function rleIou(a: Rle, b: Rle): number {
  checkSameSize(a, b);
  const [edgesA, edgesB] = [foregroundRuns(countsOf(a)), foregroundRuns(countsOf(b))];
  const [areaA, areaB] = [total(edgesA), total(edgesB)];
  const common = intersection(edgesA, edgesB);
  const union = areaA + areaB - common;
  return union === 0 ? 1 : common / union;
}

interface Run {
  readonly start: number;
  readonly end: number;
}

function foregroundRuns(counts: readonly number[]): Run[] {
  const runs: Run[] = [];
  forEachForegroundRun(counts, (start, length) => runs.push({ start, end: start + length }));
  return runs;
}

const total = (runs: readonly Run[]): number => runs.reduce((sum, run) => sum + run.end - run.start, 0);

/** Both lists are ascending: whichever run ends first has met all that it can. */
function intersection(a: readonly Run[], b: readonly Run[]): number {
  let common = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [runA, runB] = [a[i] as Run, b[j] as Run];
    common += Math.max(0, Math.min(runA.end, runB.end) - Math.max(runA.start, runB.start));
    if (runA.end < runB.end) i++;
    else j++;
  }
  return common;
}

/** Finds out quickly, and again and again, whether pixels belong to one mask. */
export class RleLookup {
  private readonly runs: readonly Run[];

  constructor(private readonly rle: Rle) {
    this.runs = foregroundRuns(countsOf(rle));
  }

  /** Binary search for the last run that starts at or before the pixel. */
  has(column: number, row: number): boolean {
    const [height, width] = this.rle.size;
    if (column < 0 || row < 0 || column >= width || row >= height) return false;
    const position = column * height + row;
    let [low, high] = [0, this.runs.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.runs[middle] as Run).start <= position) low = middle + 1;
      else high = middle;
    }
    const run = this.runs[low - 1];
    return run !== undefined && position < run.end;
  }
}
