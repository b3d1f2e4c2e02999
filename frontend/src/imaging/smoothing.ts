import type { RgbaPixels } from "./rgba";

type Size = Pick<RgbaPixels, "height" | "width">;

/** Luma (ITU-R BT.601), 0 to 255. */
export function greyOf({ data, height, width }: RgbaPixels): Float32Array {
  const plane = new Float32Array(height * width);
  for (let at = 0; at < plane.length; at++) {
    plane[at] = 0.299 * (data[4 * at] ?? 0) + 0.587 * (data[4 * at + 1] ?? 0) + 0.114 * (data[4 * at + 2] ?? 0);
  }
  return plane;
}

/** One of red (0), green (1) and blue (2), 0 to 255. */
export function channelOf({ data, height, width }: RgbaPixels, channel: number): Float32Array {
  const plane = new Float32Array(height * width);
  for (let at = 0; at < plane.length; at++) plane[at] = data[4 * at + channel] ?? 0;
  return plane;
}

/** The binomial filter 1 2 1 along rows and columns, edges repeated: takes the noise of single pixels away. */
export function blur(plane: Float32Array, { height, width }: Size): Float32Array {
  const across = new Float32Array(plane.length);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const at = row * width + column;
      const [before, after] = [column > 0 ? at - 1 : at, column < width - 1 ? at + 1 : at];
      across[at] = ((plane[before] ?? 0) + 2 * (plane[at] ?? 0) + (plane[after] ?? 0)) / 4;
    }
  }
  const blurred = new Float32Array(plane.length);
  for (let at = 0; at < plane.length; at++) {
    const [above, below] = [at >= width ? at - width : at, at < plane.length - width ? at + width : at];
    blurred[at] = ((across[above] ?? 0) + 2 * (across[at] ?? 0) + (across[below] ?? 0)) / 4;
  }
  return blurred;
}
