import { emptyMask, type MaskWindow } from "../masks";
import { deltaE, type Lab, labOf } from "./lab";
import type { PixelPosition, RgbaPixels } from "./rgba";

/** Tolerances are told apart in steps of half a Delta E. */
const LEVELS_PER_DELTA_E = 2;
/** Colours farther away than this many levels are all the same distance: no tolerance reaches them but the largest. */
const MAX_LEVEL = 253;
const UNSEEN = 255;
export const MAX_TOLERANCE = MAX_LEVEL / LEVELS_PER_DELTA_E;

/** What a magic wand takes: the pixels around `seed`, hanging together, that look like it. See `ColourRegion`. */
export function colourRegion(rgba: RgbaPixels, seed: PixelPosition, tolerance: number): MaskWindow {
  return new ColourRegion(rgba, seed).grow(tolerance);
}

/**
 * The region of similar colour around one pixel, for any tolerance. It is flooded in the order of the tolerance that
 * each pixel needs (a bucket queue), and remembers where it stopped: while somebody drags the tolerance up and down,
 * each pixel is looked at once.
 */
export class ColourRegion {
  /** For each pixel the level from which on it is in; UNSEEN where the flood has not come by. */
  private readonly needed: Uint8Array;
  /** Lists of pixels to visit, one for each level, chained through `next` (-1 ends a list). */
  private readonly heads = new Int32Array(MAX_LEVEL + 1).fill(-1);
  private readonly next: Int32Array;
  private readonly seedColour: Lab;

  /** Throws RangeError for a seed outside the pixels. */
  constructor(
    private readonly rgba: RgbaPixels,
    seed: PixelPosition,
  ) {
    const { height, width } = rgba;
    if (seed.column < 0 || seed.row < 0 || seed.column >= width || seed.row >= height) {
      throw new RangeError(`The pixel ${seed.column}, ${seed.row} lies outside of ${width} x ${height} pixels.`);
    }
    this.needed = new Uint8Array(height * width).fill(UNSEEN);
    this.next = new Int32Array(height * width);
    this.seedColour = meanAround(rgba, seed);
    this.queue(seed.row * width + seed.column, 0, 0);
  }

  /** `tolerance` in Delta E, 0 to MAX_TOLERANCE. The window is as large as the pixels. */
  grow(tolerance: number): MaskWindow {
    const level = Math.min(Math.floor(tolerance * LEVELS_PER_DELTA_E), MAX_LEVEL);
    this.floodTo(level);
    const mask = emptyMask(this.rgba.height, this.rgba.width);
    for (let at = 0; at < mask.data.length; at++) mask.data[at] = (this.needed[at] ?? UNSEEN) <= level ? 1 : 0;
    return { left: 0, top: 0, mask };
  }

  private floodTo(last: number): void {
    const { height, width } = this.rgba;
    for (let level = 0; level <= last; level++) {
      for (let at = this.heads[level] ?? -1; at >= 0; at = this.heads[level] ?? -1) {
        this.heads[level] = this.next[at] ?? -1;
        const column = at % width;
        if (column > 0) this.reach(at - 1, level);
        if (column < width - 1) this.reach(at + 1, level);
        if (at >= width) this.reach(at - width, level);
        if (at < (height - 1) * width) this.reach(at + width, level);
      }
    }
  }

  private reach(at: number, from: number): void {
    if (this.needed[at] !== UNSEEN) return;
    const { data } = this.rgba;
    const colour = labOf(data[4 * at] ?? 0, data[4 * at + 1] ?? 0, data[4 * at + 2] ?? 0);
    this.queue(at, from, Math.round(deltaE(colour, this.seedColour) * LEVELS_PER_DELTA_E));
  }

  /** It is never needed again at a lower level: levels are visited in ascending order. */
  private queue(at: number, from: number, own: number): void {
    const level = Math.min(Math.max(from, own), MAX_LEVEL);
    this.needed[at] = level;
    this.next[at] = this.heads[level] ?? -1;
    this.heads[level] = at;
  }
}

/** Of the 3 x 3 pixels around the seed, so that one noisy pixel does not decide. */
function meanAround({ data, height, width }: RgbaPixels, { column, row }: PixelPosition): Lab {
  const sum = [0, 0, 0];
  let pixels = 0;
  for (let y = Math.max(row - 1, 0); y <= Math.min(row + 1, height - 1); y++) {
    for (let x = Math.max(column - 1, 0); x <= Math.min(column + 1, width - 1); x++) {
      const at = 4 * (y * width + x);
      const colour = labOf(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0);
      colour.forEach((value, channel) => {
        sum[channel] = (sum[channel] ?? 0) + value;
      });
      pixels++;
    }
  }
  return [(sum[0] ?? 0) / pixels, (sum[1] ?? 0) / pixels, (sum[2] ?? 0) / pixels];
}
