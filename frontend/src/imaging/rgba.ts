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
