import { type ImagePoint, imagePoint } from "../geometry";
import { cornerGradients, zeroCrossings } from "./edgeFeatures";
import type { RgbaPixels } from "./rgba";

/** Gradient directions are told apart in this many steps of a whole turn. */
export const DIRECTIONS = 64;
/** Share of corners whose gradient counts as full strength: one bright spot does not make all other edges weak. */
const FULL_STRENGTH = 0.98;
/** How many corners are looked at to find out. */
const SAMPLES = 1 << 14;
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
    const { length, angle } = cornerGradients(rgba);
    this.strength = normalised(length);
    this.direction = inSteps(angle);
    this.isCrossing = zeroCrossings(rgba);
    for (let corner = 0; corner < length.length; corner++) {
      if ((this.strength[corner] ?? 0) <= NOISE) this.isCrossing[corner] = 0;
    }
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
}

function normalised(lengths: Float32Array): Float32Array {
  const stride = Math.ceil(lengths.length / SAMPLES);
  const sample = new Float32Array(Math.ceil(lengths.length / stride));
  for (let index = 0; index < sample.length; index++) sample[index] = lengths[index * stride] ?? 0;
  sample.sort();
  const full = sample[Math.floor(sample.length * FULL_STRENGTH)] || 1;
  return lengths.map((length) => Math.min(length / full, 1));
}

function inSteps(angles: Float32Array): Uint8Array {
  const steps = new Uint8Array(angles.length);
  for (let corner = 0; corner < steps.length; corner++) {
    steps[corner] = (Math.round(((angles[corner] ?? 0) / (2 * Math.PI)) * DIRECTIONS) + DIRECTIONS) % DIRECTIONS;
  }
  return steps;
}
