import type { SizeHw } from "../geometry";

/** One mask as the decoder gives it. */
export interface LowResLogits {
  readonly height: number;
  readonly width: number;
  /** height * width scores, row-major, unbounded; above `threshold` is foreground. */
  readonly data: Float32Array;
  /** The part that shows the image; what lies right of and below it is padding. */
  readonly validHw: SizeHw;
  readonly threshold: number;
}

/**
 * IoU of the masks at threshold + offset and threshold - offset, over the part that shows the image: how little the
 * mask depends on where the line is drawn. Definition of the official `calculate_stability_score`
 * (segment-anything, utils/amg.py), whose default offset is 1.
 */
export function stabilityScore(logits: LowResLogits, offset = 1): number {
  const [rows, columns] = logits.validHw;
  let [inner, outer] = [0, 0];
  for (let row = 0; row < rows; row++) {
    const line = logits.data.subarray(row * logits.width, row * logits.width + columns);
    for (const score of line) {
      if (score > logits.threshold - offset) outer++;
      if (score > logits.threshold + offset) inner++;
    }
  }
  return outer === 0 ? 0 : inner / outer;
}
