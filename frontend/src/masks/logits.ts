import type { SizeHw } from "../geometry";

/** One mask as the decoder gives it. */
export interface LowResLogits {
  readonly height: number;
  readonly width: number;
  /** height * width scores, row-major, unbounded; above `threshold` is foreground. */
  readonly data: Float32Array;
  /** How many rows and columns show the image (input_hw / mask_stride, may end inside a cell); the rest is padding. */
  readonly extentHw: SizeHw;
  readonly threshold: number;
}

/** The cells that show the image at least in part. */
export function validHw(logits: LowResLogits): SizeHw {
  return [Math.ceil(logits.extentHw[0]), Math.ceil(logits.extentHw[1])];
}

/**
 * IoU of the masks at threshold + offset and threshold - offset, over the part that shows the image: how little the
 * mask depends on where the line is drawn. Definition of the official `calculate_stability_score`
 * (segment-anything, utils/amg.py), whose default offset is 1.
 */
export function stabilityScore(logits: LowResLogits, offset = 1): number {
  const [rows, columns] = validHw(logits);
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
