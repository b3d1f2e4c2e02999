/** A mask as pixels: row-major, height * width bytes, 1 is foreground. */
export interface BinaryMask {
  readonly height: number;
  readonly width: number;
  readonly data: Uint8Array;
}

export function emptyMask(height: number, width: number): BinaryMask {
  return { height, width, data: new Uint8Array(height * width) };
}
