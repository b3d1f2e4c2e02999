import { type ImagePoint, imagePoint } from "../geometry";
import type { RgbaPixels } from "./rgba";
import { blur, greyOf } from "./smoothing";

/** Gradient directions are told apart in this many steps of a whole turn. */
export const DIRECTIONS = 64;
/** Share of corners whose gradient counts as full strength: one bright spot does not make all other edges weak. */
const FULL_STRENGTH = 0.98;
/** Below this share of full strength the grey values cross zero everywhere, from noise alone. */
const NOISE = 0.08;

/**
 * What the scissors follow: how strong an edge is, where it lies and how it runs, at the corners between pixels, for
 * that is where the outline of a mask runs. Corner (i, j) is `i + j * columns`, at image point (left + i, top + j).
 */
export class EdgeMap {
  readonly columns: number;
  readonly rows: number;
  /** 0 to 1 for each corner: the gradient's length, 1 for the strongest. */
  readonly strength: Float32Array;
  /** 1 where the second derivative changes its sign: the middle of an edge. */
  readonly isCrossing: Uint8Array;
  /** Where the gradient points, 0 to DIRECTIONS - 1: multiples of a whole turn / DIRECTIONS, clockwise from +x. */
  readonly direction: Uint8Array;

  /** `rgba` shows the part of the image whose top left corner is at (left, top). */
  constructor(
    rgba: RgbaPixels,
    readonly left = 0,
    readonly top = 0,
  ) {
    this.columns = rgba.width + 1;
    this.rows = rgba.height + 1;
    const corners = this.columns * this.rows;
    this.strength = new Float32Array(corners);
    this.isCrossing = new Uint8Array(corners);
    this.direction = new Uint8Array(corners);
    this.findGradients(rgba);
    this.normalise();
    this.findCrossings(rgba);
  }

  contains({ x, y }: ImagePoint): boolean {
    return x >= this.left && y >= this.top && x <= this.left + this.columns - 1 && y <= this.top + this.rows - 1;
  }

  /** The corner nearest to an image point. */
  cornerAt({ x, y }: ImagePoint): number {
    const column = Math.min(Math.max(Math.round(x - this.left), 0), this.columns - 1);
    const row = Math.min(Math.max(Math.round(y - this.top), 0), this.rows - 1);
    return row * this.columns + column;
  }

  pointAt(corner: number): ImagePoint {
    return imagePoint(this.left + (corner % this.columns), this.top + Math.floor(corner / this.columns));
  }

  /** The strongest edge no farther than `radius` pixels away, for a click beside an edge. */
  strongestNear(point: ImagePoint, radius: number): ImagePoint {
    let best = this.cornerAt(point);
    for (let y = Math.ceil(point.y - radius); y <= point.y + radius; y++) {
      for (let x = Math.ceil(point.x - radius); x <= point.x + radius; x++) {
        const near = imagePoint(x, y);
        if (Math.hypot(x - point.x, y - point.y) > radius || !this.contains(near)) continue;
        const corner = this.cornerAt(near);
        if ((this.strength[corner] ?? 0) > (this.strength[best] ?? 0)) best = corner;
      }
    }
    return this.pointAt(best);
  }

  /** Of the colour channel in which it is longest. */
  private findGradients(rgba: RgbaPixels): void {
    for (let channel = 0; channel < 3; channel++) {
      const plane = blur(
        Float32Array.from({ length: rgba.height * rgba.width }, (_, at) => rgba.data[4 * at + channel] ?? 0),
        rgba,
      );
      this.forEachCorner(rgba, (corner, a, b, c, d) => {
        const [nw, ne, sw, se] = [plane[a] ?? 0, plane[b] ?? 0, plane[c] ?? 0, plane[d] ?? 0];
        const [dx, dy] = [ne + se - nw - sw, sw + se - nw - ne];
        const length = Math.sqrt(dx * dx + dy * dy);
        if (length <= (this.strength[corner] ?? 0)) return;
        this.strength[corner] = length;
        const turn = Math.round((Math.atan2(dy, dx) / (2 * Math.PI)) * DIRECTIONS);
        this.direction[corner] = (turn + DIRECTIONS) % DIRECTIONS;
      });
    }
  }

  private normalise(): void {
    const sorted = this.strength.slice().sort();
    const full = sorted[Math.floor(sorted.length * FULL_STRENGTH)] || (sorted.at(-1) ?? 0) || 1;
    for (let at = 0; at < sorted.length; at++) this.strength[at] = Math.min((this.strength[at] ?? 0) / full, 1);
  }

  private findCrossings(rgba: RgbaPixels): void {
    const curvature = laplacian(blur(greyOf(rgba), rgba), rgba);
    this.forEachCorner(rgba, (corner, a, b, c, d) => {
      const [nw, ne, sw, se] = [curvature[a] ?? 0, curvature[b] ?? 0, curvature[c] ?? 0, curvature[d] ?? 0];
      const isChanging = Math.min(nw, ne, sw, se) < 0 && Math.max(nw, ne, sw, se) > 0;
      this.isCrossing[corner] = isChanging && (this.strength[corner] ?? 0) > NOISE ? 1 : 0;
    });
  }

  /** With the four pixels around each corner (at the rim some of them are the same). */
  private forEachCorner(
    { height, width }: RgbaPixels,
    visit: (corner: number, nw: number, ne: number, sw: number, se: number) => void,
  ): void {
    for (let row = 0; row < this.rows; row++) {
      const [above, below] = [Math.max(row - 1, 0) * width, Math.min(row, height - 1) * width];
      for (let column = 0; column < this.columns; column++) {
        const [before, after] = [Math.max(column - 1, 0), Math.min(column, width - 1)];
        visit(row * this.columns + column, above + before, above + after, below + before, below + after);
      }
    }
  }
}

function laplacian(plane: Float32Array, { height, width }: RgbaPixels): Float32Array {
  const result = new Float32Array(plane.length);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const at = row * width + column;
      const [up, down] = [row > 0 ? at - width : at, row < height - 1 ? at + width : at];
      const [left, right] = [column > 0 ? at - 1 : at, column < width - 1 ? at + 1 : at];
      const around = (plane[up] ?? 0) + (plane[down] ?? 0) + (plane[left] ?? 0) + (plane[right] ?? 0);
      result[at] = around - 4 * (plane[at] ?? 0);
    }
  }
  return result;
}
