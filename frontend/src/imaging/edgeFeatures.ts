import type { RgbaPixels } from "./rgba";
import { blur, channelOf, greyOf } from "./smoothing";

/** How many pixels around a corner have a say in its features, edges of the image aside. */
export const FEATURE_MARGIN = 3;

/** One number for each corner between pixels: (height + 1) x (width + 1), row-major. */
export interface Gradients {
  /** Length and direction of the change from pixel to pixel, of the colour channel in which it is longest. */
  readonly length: Float32Array;
  /** Radians, clockwise from +x. */
  readonly angle: Float32Array;
}

export function cornerGradients(rgba: RgbaPixels): Gradients {
  const planes = [0, 1, 2].map((channel) => blur(channelOf(rgba, channel), rgba)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const corners = (rgba.height + 1) * (rgba.width + 1);
  const [length, angle] = [new Float32Array(corners), new Float32Array(corners)];
  forEachCorner(rgba, (corner, nw, ne, sw, se) => {
    let [most, mostX, mostY] = [0, 0, 0];
    for (const plane of planes) {
      const falling = (plane[se] ?? 0) - (plane[nw] ?? 0);
      const rising = (plane[ne] ?? 0) - (plane[sw] ?? 0);
      const [dx, dy] = [falling + rising, falling - rising];
      const squared = dx * dx + dy * dy;
      if (squared > most) [most, mostX, mostY] = [squared, dx, dy];
    }
    length[corner] = Math.sqrt(most);
    angle[corner] = Math.atan2(mostY, mostX);
  });
  return { length, angle };
}

/** 1 at corners around which the second derivative (Laplacian) changes its sign: the middle of an edge. */
export function zeroCrossings(rgba: RgbaPixels): Uint8Array {
  const curvature = laplacian(blur(greyOf(rgba), rgba), rgba);
  const crossings = new Uint8Array((rgba.height + 1) * (rgba.width + 1));
  forEachCorner(rgba, (corner, nw, ne, sw, se) => {
    const [a, b, c, d] = [curvature[nw] ?? 0, curvature[ne] ?? 0, curvature[sw] ?? 0, curvature[se] ?? 0];
    crossings[corner] = Math.min(a, b, c, d) < 0 && Math.max(a, b, c, d) > 0 ? 1 : 0;
  });
  return crossings;
}

/** With the four pixels around each corner (at the rim some of them are the same). */
function forEachCorner(
  { height, width }: RgbaPixels,
  visit: (corner: number, nw: number, ne: number, sw: number, se: number) => void,
): void {
  for (let row = 0, corner = 0; row <= height; row++) {
    const above = Math.max(row - 1, 0) * width;
    const below = Math.min(row, height - 1) * width;
    for (let column = 0; column <= width; column++, corner++) {
      const before = column > 0 ? column - 1 : 0;
      const after = column < width ? column : width - 1;
      visit(corner, above + before, above + after, below + before, below + after);
    }
  }
}

function laplacian(plane: Float32Array, { height, width }: RgbaPixels): Float32Array {
  const result = new Float32Array(plane.length);
  for (let row = 0, at = 0; row < height; row++) {
    for (let column = 0; column < width; column++, at++) {
      const middle = plane[at] ?? 0;
      const up = row > 0 ? (plane[at - width] ?? 0) : middle;
      const down = row < height - 1 ? (plane[at + width] ?? 0) : middle;
      const left = column > 0 ? (plane[at - 1] ?? 0) : middle;
      const right = column < width - 1 ? (plane[at + 1] ?? 0) : middle;
      result[at] = up + down + left + right - 4 * middle;
    }
  }
  return result;
}
