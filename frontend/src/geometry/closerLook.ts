import { boxHeight, boxWidth, type ImageBox } from "./box";
import type { SizeHw } from "./points";

/** Image pixels; a smaller part would show the encoder nothing but blur. */
const LEAST_SIDE = 64;
/** A part that is nearly the whole image shows it no larger. */
const LARGEST_SHARE = 0.6;
/** A part serves on while it leaves at least so much room around the object ... */
const LEAST_MARGIN = 1.2;
/** ... and is not so many times larger than the one that would be asked for. */
const MOST_EXCESS = 2;

/**
 * The part of an image, in whole pixels, that a segmenter should look at closer to correct an object; null when the
 * whole image is about as good. `object`: a box around its mask and what was clicked as foreground; `margin`: how many
 * times the part's sides are the object's; `before`: the part so far, which is kept while it is good enough.
 * Python: segmentation/geometry/parts.py, with the same cases (tests/fixtures/closer_look.json).
 */
export function partToLookAt(
  object: ImageBox,
  imageHw: SizeHw,
  margin: number,
  before: ImageBox | null,
): ImageBox | null {
  const wanted = partAround(object, imageHw, margin);
  if (areaOf(wanted) > LARGEST_SHARE * imageHw[0] * imageHw[1]) return null;
  const isGoodEnough =
    before !== null &&
    holdsBox(before, partAround(object, imageHw, LEAST_MARGIN)) &&
    areaOf(before) <= MOST_EXCESS * areaOf(wanted);
  return isGoodEnough ? before : wanted;
}

function partAround(object: ImageBox, [height, width]: SizeHw, margin: number): ImageBox {
  const across = Math.max(margin * boxWidth(object), LEAST_SIDE);
  const down = Math.max(margin * boxHeight(object), LEAST_SIDE);
  const [halfWidth, halfHeight] = [Math.max(across, down / 2) / 2, Math.max(down, across / 2) / 2];
  const [x, y] = [(object.x0 + object.x1) / 2, (object.y0 + object.y1) / 2];
  return {
    x0: Math.max(Math.floor(x - halfWidth), 0),
    y0: Math.max(Math.floor(y - halfHeight), 0),
    x1: Math.min(Math.ceil(x + halfWidth), width),
    y1: Math.min(Math.ceil(y + halfHeight), height),
  };
}

const areaOf = (box: ImageBox): number => boxWidth(box) * boxHeight(box);

const holdsBox = (outer: ImageBox, inner: ImageBox): boolean =>
  inner.x0 >= outer.x0 && inner.y0 >= outer.y0 && inner.x1 <= outer.x1 && inner.y1 <= outer.y1;
