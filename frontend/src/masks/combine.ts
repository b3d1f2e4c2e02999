import { type EncodedMask, encodedFromCounts } from "./encodedMask";
import type { Rle } from "./rle";
import { countsOf } from "./rleDecoder";

/** What to do with two masks: all pixels of both, those of the first that the second lacks, those in both. */
export type Combination = "union" | "subtract" | "intersect";

/** Bit `inA + 2 * inB` says whether a pixel of that kind is in the result. */
const TRUTH_TABLES: Record<Combination, number> = { union: 0b1110, subtract: 0b0010, intersect: 0b1000 };

/**
 * Two masks of the same size combined run by run: time and memory grow with the number of runs, not of pixels.
 * Gives the run lengths that an encoder would write. Throws RangeError where the lengths do not sum to the same.
 */
export function combineCounts(a: readonly number[], b: readonly number[], how: Combination): number[] {
  const table = TRUTH_TABLES[how];
  const counts: number[] = [];
  let [runA, runB] = [0, 0];
  let [restA, restB] = [a[0] ?? 0, b[0] ?? 0];
  let [length, value] = [0, 0];
  while (runA < a.length && runB < b.length) {
    const step = Math.min(restA, restB);
    const inside = (table >> ((runA & 1) | ((runB & 1) << 1))) & 1;
    if (step > 0 && inside !== value) {
      counts.push(length);
      length = 0;
      value = inside;
    }
    length += step;
    restA -= step;
    restB -= step;
    if (restA === 0) restA = a[++runA] ?? 0;
    if (restB === 0) restB = b[++runB] ?? 0;
  }
  if (hasPixels(a, runA) || hasPixels(b, runB))
    throw new RangeError("The run lengths are of images of different sizes.");
  counts.push(length);
  return counts;
}

const hasPixels = (counts: readonly number[], from: number): boolean => counts.slice(from).some((length) => length > 0);

/** Throws RangeError for masks of different sizes, InvalidRle for damaged ones. */
export function combineRle(a: Rle, b: Rle, how: Combination): EncodedMask {
  checkSameSize(a, b);
  return encodedFromCounts(combineCounts(countsOf(a), countsOf(b), how), a.size);
}

export function checkSameSize(a: Rle, b: Rle): void {
  if (a.size[0] === b.size[0] && a.size[1] === b.size[1]) return;
  throw new RangeError(
    `Masks of ${a.size.join(" x ")} and ${b.size.join(" x ")} pixels (height x width) do not go together.`,
  );
}
