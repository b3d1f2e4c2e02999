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
  /** For each colour the level that it needs, plus one; 0: not computed yet. A photo has few colours for its pixels. */
  private readonly levelOfColour = new Uint8Array(1 << 24);
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

  /**
   * `tolerance` in Delta E, 0 to MAX_TOLERANCE. The window is as large as the pixels; with `every` it has only every so
   * many of them, across and down, for a look at a large one.
   */
  grow(tolerance: number, every = 1): MaskWindow {
    const level = Math.min(Math.floor(tolerance * LEVELS_PER_DELTA_E), MAX_LEVEL);
    this.floodTo(level);
    const mask = emptyMask(Math.ceil(this.rgba.height / every), Math.ceil(this.rgba.width / every));
    for (let row = 0, to = 0; row < mask.height; row++) {
      let from = row * every * this.rgba.width;
      for (let column = 0; column < mask.width; column++, to++, from += every) {
        mask.data[to] = (this.needed[from] ?? UNSEEN) <= level ? 1 : 0;
      }
    }
    return { left: 0, top: 0, mask };
  }

  /** In local variables: this loop runs for every pixel of a photo. */
  private floodTo(last: number): void {
    const { height, width } = this.rgba;
    const { heads, needed, next } = this;
    const lastRow = (height - 1) * width;
    for (let level = 0; level <= last; level++) {
      for (let at = heads[level] ?? -1; at >= 0; at = heads[level] ?? -1) {
        heads[level] = next[at] ?? -1;
        const column = at % width;
        if (column > 0 && needed[at - 1] === UNSEEN) this.reach(at - 1, level);
        if (column < width - 1 && needed[at + 1] === UNSEEN) this.reach(at + 1, level);
        if (at >= width && needed[at - width] === UNSEEN) this.reach(at - width, level);
        if (at < lastRow && needed[at + width] === UNSEEN) this.reach(at + width, level);
      }
    }
  }

  private reach(at: number, from: number): void {
    const { data } = this.rgba;
    this.queue(at, from, this.levelOf(data[4 * at] ?? 0, data[4 * at + 1] ?? 0, data[4 * at + 2] ?? 0));
  }

  private levelOf(red: number, green: number, blue: number): number {
    const colour = (red << 16) | (green << 8) | blue;
    const known = this.levelOfColour[colour] ?? 0;
    if (known > 0) return known - 1;
    const difference = Math.round(deltaE(labOf(red, green, blue), this.seedColour) * LEVELS_PER_DELTA_E);
    const level = Math.min(difference, MAX_LEVEL);
    this.levelOfColour[colour] = level + 1;
    return level;
  }

  /** It is never needed again at a lower level: levels are visited in ascending order. */
  private queue(at: number, from: number, own: number): void {
    const level = Math.max(from, own);
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
