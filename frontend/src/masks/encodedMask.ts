import { encodeCounts } from "./counts";
import { areaOfCounts, type BboxXywh, bboxOfCounts, type Rle } from "./rle";

/** A mask ready to be saved. */
export interface EncodedMask {
  readonly rle: Rle;
  readonly area: number;
  readonly bboxXywh: BboxXywh;
}

/** Run lengths that fill an image of `size`, [height, width], as a mask to be saved. */
export function encodedFromCounts(counts: readonly number[], size: Rle["size"]): EncodedMask {
  return {
    rle: { size, counts: encodeCounts(counts) },
    area: areaOfCounts(counts),
    bboxXywh: bboxOfCounts(counts, size[0]),
  };
}
