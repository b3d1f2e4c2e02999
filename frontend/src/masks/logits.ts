import type { ImageBox, SizeHw } from "../geometry";

/** One mask as the decoder gives it. */
export interface LowResLogits {
  readonly height: number;
  readonly width: number;
  /** height * width scores, row-major, unbounded; above `threshold` is foreground. */
  readonly data: Float32Array;
  /** How many rows and columns show the image (input_hw / mask_stride, may end inside a cell); the rest is padding. */
  readonly extentHw: SizeHw;
  readonly threshold: number;
  /** The part of the image that they are of, as shares of its width and height; left out, all of it. */
  readonly within?: ImageBox;
}

/** The cells that logits lie on, and the part of the image that these show. */
export type LogitsGrid = Omit<LowResLogits, "data">;

/** The place of logits that name no part: all of the image, in shares of its width and height. */
export const WHOLE_IMAGE: ImageBox = { x0: 0, y0: 0, x1: 1, y1: 1 };

/** The cells that show the image at least in part. */
export function validHw({ extentHw, height, width }: LowResLogits): SizeHw {
  return [Math.min(Math.ceil(extentHw[0]), height), Math.min(Math.ceil(extentHw[1]), width)];
}

/** Rows top .. bottom - 1, columns left .. right - 1. */
export interface Span {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** The smallest box around the samples that are foreground; all zeros where none is. */
export function foregroundCells(logits: LowResLogits): Span {
  const { data, width, threshold } = logits;
  const [rows, columns] = validHw(logits);
  let [top, bottom, left, right] = [rows, 0, columns, 0];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if ((data[row * width + column] ?? 0) <= threshold) continue;
      if (row < top) top = row;
      if (column < left) left = column;
      if (column >= right) right = column + 1;
      bottom = row + 1;
    }
  }
  return bottom > 0 ? { top, bottom, left, right } : { top: 0, bottom: 0, left: 0, right: 0 };
}

/** What a mask's logits say of how sure it is, over the part that shows the image. Python: segmentation/scores.py. */
export interface MaskScores {
  /**
   * IoU of the masks at threshold + offset and threshold - offset: how little the mask depends on where the line is
   * drawn; 0 where the larger mask is empty. Definition of the official `calculate_stability_score` (segment-anything,
   * utils/amg.py), whose default offset is 1.
   */
  readonly stabilityScore: number;
  /** Mean distance of the logits from the threshold: 0 is a toss-up everywhere. */
  readonly meanLogit: number;
}

export function maskScores(logits: LowResLogits, offset = 1): MaskScores {
  const [rows, columns] = validHw(logits);
  const { data, width, threshold } = logits;
  const [low, high] = [threshold - offset, threshold + offset];
  let [inner, outer, sum] = [0, 0, 0];
  for (let row = 0; row < rows; row++) {
    for (let at = row * width; at < row * width + columns; at++) {
      const score = data[at] ?? 0;
      if (score > low) outer++;
      if (score > high) inner++;
      sum += Math.abs(score - threshold);
    }
  }
  return { stabilityScore: outer === 0 ? 0 : inner / outer, meanLogit: sum / (rows * columns) };
}
