import { type Annotation, completed } from "../../document";
import { decodeRle, emptyMask, encodeMask, type Rle } from "../../masks";

/** A rectangle of foreground on a test image, as an annotation. */
export function rectangle(
  id: string,
  [x, y, width, height]: readonly [number, number, number, number],
  position = 1,
): Annotation {
  const mask = emptyMask(64, 96);
  for (let row = y; row < y + height; row++) mask.data.fill(1, row * 96 + x, row * 96 + x + width);
  const content = { imageId: 1, categoryId: 11, source: "prompt", provenance: { predicted_iou: 0.9 } } as const;
  return completed({ id, ...content, ...encodeMask(mask) }, position);
}

/** For tests in which only ids and order count. */
export const small = (id: string, position: number): Annotation => rectangle(id, [0, 0, 1, 1], position);

/** Whether the mask has foreground at that pixel. */
export function hasPixel(rle: Rle | undefined, column: number, row: number): boolean {
  if (!rle) return false;
  const mask = decodeRle(rle);
  return mask.data[row * mask.width + column] === 1;
}
