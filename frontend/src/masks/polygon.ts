import type { ImagePoint, SizeHw } from "../geometry";
import { type EncodedMask, encodedFromCounts } from "./encodedMask";
import { type MaskWindow, windowOfCounts } from "./maskWindow";
import { RunWriter } from "./runWriter";

/** A closed line; the last point is joined to the first. */
export type Ring = readonly ImagePoint[];

/**
 * The pixels inside a polygon with holes: by the even-odd rule, a pixel is in when its centre is. Scan conversion
 * column by column gives run lengths at once, so that no pixels are needed however large the polygon is.
 */
export function encodePolygon(rings: readonly Ring[], imageHw: SizeHw): EncodedMask {
  return encodedFromCounts(countsOfPolygon(rings, imageHw), imageHw);
}

/** The same as pixels, in the smallest window around them. */
export function polygonWindow(rings: readonly Ring[], imageHw: SizeHw): MaskWindow {
  return windowOfCounts(countsOfPolygon(rings, imageHw), imageHw);
}

export function countsOfPolygon(rings: readonly Ring[], imageHw: SizeHw): number[] {
  const crossings: number[] = [];
  for (const ring of rings) {
    ring.forEach((point, index) => {
      addCrossings(crossings, point, ring[(index + 1) % ring.length] as ImagePoint, imageHw);
    });
  }
  // Each column is crossed an even number of times, so pairs never span two of them.
  const sorted = Float64Array.from(crossings).sort();
  const writer = new RunWriter();
  for (let at = 0; at + 1 < sorted.length; at += 2) writer.add(sorted[at] ?? 0, sorted[at + 1] ?? 0);
  return writer.finish(imageHw[0] * imageHw[1]);
}

/**
 * Where an edge crosses the middle line of pixel columns: the number (column-major) of the first pixel below. An edge
 * holds its left end but not its right one. It is always walked from left to right, so that polygons which share an
 * edge share no pixel and leave none out.
 */
function addCrossings(crossings: number[], p: ImagePoint, q: ImagePoint, [height, width]: SizeHw): void {
  const [from, to] = p.x <= q.x ? [p, q] : [q, p];
  const first = Math.max(Math.ceil(from.x - 0.5), 0);
  const end = Math.min(Math.ceil(to.x - 0.5), width);
  if (first >= end) return;
  const slope = (to.y - from.y) / (to.x - from.x);
  for (let column = first; column < end; column++) {
    const y = from.y + (column + 0.5 - from.x) * slope;
    crossings.push(column * height + Math.min(Math.max(Math.ceil(y - 0.5), 0), height));
  }
}
