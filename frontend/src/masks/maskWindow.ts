import type { SizeHw } from "../geometry";
import type { BinaryMask } from "./binaryMask";
import { combineCounts } from "./combine";
import { type EncodedMask, encodedFromCounts } from "./encodedMask";
import { type BboxXywh, bboxOfCounts, forEachForegroundRun, type Rle } from "./rle";
import { countsOf, decodeRegion } from "./rleDecoder";
import { countsOfMask } from "./rleEncoder";
import { RunWriter } from "./runWriter";

/** A part of an image's mask as pixels: pixel (column i, row j) of `mask` is (left + i, top + j) of the image. */
export interface MaskWindow {
  readonly left: number;
  readonly top: number;
  readonly mask: BinaryMask;
}

/** The pixels of the mask inside a box of whole pixels. What of the box lies outside the image is left away. */
export function cropMask(rle: Rle, bboxXywh: BboxXywh): MaskWindow {
  const [left, top, width, height] = clipBbox(bboxXywh, rle.size);
  return { left, top, mask: decodeRegion(countsOf(rle), rle.size[0], [left, top, width, height], 1) };
}

/** The smallest window around the foreground of an image's run lengths. */
export function windowOfCounts(counts: readonly number[], imageHw: SizeHw): MaskWindow {
  const bbox = bboxOfCounts(counts, imageHw[0]);
  return { left: bbox[0], top: bbox[1], mask: decodeRegion(counts, imageHw[0], bbox, 1) };
}

/** A mask of the whole image that is foreground where the window is. What lies outside the image is left away. */
export function encodeWindow(window: MaskWindow, imageHw: SizeHw): EncodedMask {
  return encodedFromCounts(countsOfWindow(window, imageHw), imageHw);
}

/** The mask with the window's foreground added to it, or erased from it. */
export function paste(rle: Rle, window: MaskWindow, how: "add" | "erase"): EncodedMask {
  const counts = combineCounts(countsOf(rle), countsOfWindow(window, rle.size), how === "add" ? "union" : "subtract");
  return encodedFromCounts(counts, rle.size);
}

/** Run lengths of the whole image. */
export function countsOfWindow({ left, top, mask }: MaskWindow, imageHw: SizeHw): number[] {
  return placeCounts(countsOfMask(mask), mask.height, { left, top }, imageHw);
}

/** Run lengths of a window of `height` rows as those of the image in which its corner lies at `corner`. */
export function placeCounts(
  counts: readonly number[],
  height: number,
  corner: Pick<MaskWindow, "left" | "top">,
  [imageHeight, imageWidth]: SizeHw,
): number[] {
  const writer = new RunWriter();
  const place = (column: number, firstRow: number, endRow: number): void => {
    const x = corner.left + column;
    if (x < 0 || x >= imageWidth) return;
    const start = x * imageHeight;
    writer.add(start + Math.max(corner.top + firstRow, 0), start + Math.min(corner.top + endRow, imageHeight));
  };
  forEachForegroundRun(counts, (start, length) => {
    for (let at = start, end = start + length; at < end; ) {
      const column = Math.floor(at / height);
      const columnStart = column * height;
      const stop = Math.min(end, columnStart + height);
      place(column, at - columnStart, stop - columnStart);
      at = stop;
    }
  });
  return writer.finish(imageHeight * imageWidth);
}

/** The part of a box that lies inside an image; width and height 0 where none does. */
export function clipBbox([x, y, width, height]: BboxXywh, [imageHeight, imageWidth]: SizeHw): BboxXywh {
  const [left, top] = [Math.min(Math.max(x, 0), imageWidth), Math.min(Math.max(y, 0), imageHeight)];
  const [right, bottom] = [Math.min(x + width, imageWidth), Math.min(y + height, imageHeight)];
  return [left, top, Math.max(right - left, 0), Math.max(bottom - top, 0)];
}
