import type { SizeHw } from "../../../geometry";
import type { BboxXywh } from "../../../masks";

const MARGIN = 0.18;
/** Image pixels: a mask of a few pixels is shown with its surroundings. */
const LEAST = 24;

/** A part of the image around `bbox`, with some margin and the aspect ratio (width / height) of where it is shown. */
export function regionAround(bbox: BboxXywh, [height, width]: SizeHw, aspect: number): BboxXywh {
  const [x, y, boxWidth, boxHeight] = bbox;
  const wantedWidth = Math.max(boxWidth * (1 + 2 * MARGIN), LEAST);
  const wantedHeight = Math.max(boxHeight * (1 + 2 * MARGIN), LEAST);
  const regionWidth = Math.min(width, Math.round(Math.max(wantedWidth, wantedHeight * aspect)));
  const regionHeight = Math.min(height, Math.round(Math.max(wantedHeight, wantedWidth / aspect)));
  return [
    placeInside(x + boxWidth / 2, regionWidth, width),
    placeInside(y + boxHeight / 2, regionHeight, height),
    regionWidth,
    regionHeight,
  ];
}

/** The smallest box around all of them; boxes without pixels do not count. Null when nothing is left. */
export function unionOf(boxes: readonly BboxXywh[]): BboxXywh | null {
  const filled = boxes.filter(([, , width, height]) => width > 0 && height > 0);
  if (filled.length === 0) return null;
  const left = Math.min(...filled.map(([x]) => x));
  const top = Math.min(...filled.map(([, y]) => y));
  const right = Math.max(...filled.map(([x, , width]) => x + width));
  const bottom = Math.max(...filled.map(([, y, , height]) => y + height));
  return [left, top, right - left, bottom - top];
}

function placeInside(center: number, length: number, limit: number): number {
  return Math.round(Math.min(Math.max(center - length / 2, 0), limit - length));
}
