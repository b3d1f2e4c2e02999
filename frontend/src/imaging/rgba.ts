/** Pixels of an image or of a part of it, as `ImageData` has them: row-major, four bytes each (sRGB and opacity). */
export interface RgbaPixels {
  readonly height: number;
  readonly width: number;
  readonly data: Uint8ClampedArray;
}

/** A whole pixel, counted from the top left of the pixels that it is given with. */
export interface PixelPosition {
  readonly column: number;
  readonly row: number;
}

/** A part of pixels as pixels of its own; columns `left` up to, not including, `right`, as far as there are any. */
export function cropPixels(
  { data, height, width }: RgbaPixels,
  left: number,
  top: number,
  right: number,
  bottom: number,
): { readonly rgba: RgbaPixels; readonly left: number; readonly top: number } {
  const [x0, y0] = [Math.max(left, 0), Math.max(top, 0)];
  const [x1, y1] = [Math.min(right, width), Math.min(bottom, height)];
  const cropped = new Uint8ClampedArray(4 * (x1 - x0) * (y1 - y0));
  for (let row = y0; row < y1; row++) {
    cropped.set(data.subarray(4 * (row * width + x0), 4 * (row * width + x1)), 4 * (row - y0) * (x1 - x0));
  }
  return { rgba: { height: y1 - y0, width: x1 - x0, data: cropped }, left: x0, top: y0 };
}
