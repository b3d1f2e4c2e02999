import type { Annotation } from "../../document";
import { type ImageBox, type SizeHw, TILE_SIDE, type TileId, tileBox } from "../../geometry";
import { type BinaryMask, countsOf, decodeRegion, type Rle } from "../../masks";
import { layMask, type PixelBounds, type PixelWords, type Tint } from "../maskPixels";

/** A mask, and what it is painted with. */
export interface PaintedMask {
  readonly annotation: Annotation;
  readonly tint: Tint;
}

/** Run lengths are needed for every tile and level that a mask touches. */
const knownCounts = new WeakMap<Rle, readonly number[]>();

/** Paints the masks of a tile or a part of it, from below, a few at a time: a frame must not wait for hundreds of them. */
export class TilePainting {
  readonly sizeHw: SizeHw;
  private readonly target: PixelWords;
  private readonly step: number;
  private next = 0;

  /** `box` lies on the grid of the level (`partOfTile`); `masks`: those whose boxes touch it, in drawing order. */
  constructor(
    { level }: TileId,
    private readonly box: ImageBox,
    private readonly imageHw: SizeHw,
    private readonly masks: readonly PaintedMask[],
  ) {
    this.step = 2 ** level;
    this.sizeHw = [this.lengthOf(this.box.y1 - this.box.y0), this.lengthOf(this.box.x1 - this.box.x0)];
    const pixelCount = this.isEmpty ? 0 : this.sizeHw[0] * this.sizeHw[1];
    this.target = { words: new Uint32Array(pixelCount), width: this.sizeHw[1] };
  }

  /** True when all is painted. At least one mask is, however late it is. */
  continueUntil(deadline: number): boolean {
    while (this.next < this.masks.length) {
      const mask = this.masks[this.next++];
      if (mask) this.paint(mask);
      if (performance.now() > deadline) break;
    }
    return this.next >= this.masks.length;
  }

  get isEmpty(): boolean {
    return this.masks.length === 0;
  }

  /** RGBA, row-major. */
  get pixels(): Uint8ClampedArray<ArrayBuffer> {
    // A part that has lost its last mask is painted too: with nothing.
    if (this.isEmpty) return new Uint8ClampedArray(4 * this.sizeHw[0] * this.sizeHw[1]);
    return new Uint8ClampedArray(this.target.words.buffer as ArrayBuffer);
  }

  private paint({ annotation, tint }: PaintedMask): void {
    const { step, box } = this;
    const region = this.regionOf(annotation);
    const [left, top, width, height] = region;
    if (width <= 0 || height <= 0) return;
    const mask = decodeRegion(countsFor(annotation.rle), this.imageHw[0], region, step);
    keepSpeck(mask, annotation, step);
    // The mask has a margin around the box, so that its border is not taken for the mask's.
    const [column, row] = [(left - box.x0) / step, (top - box.y0) / step];
    const bounds: PixelBounds = {
      left: Math.max(0, -column),
      top: Math.max(0, -row),
      right: Math.min(mask.width, this.sizeHw[1] - column),
      bottom: Math.min(mask.height, this.sizeHw[0] - row),
    };
    if (bounds.left >= bounds.right || bounds.top >= bounds.bottom) return;
    layMask(this.target, { column: Math.max(0, column), row: Math.max(0, row) }, mask, bounds, tint);
  }

  /** The part of the mask's box that lies in ours or touches it, in whole steps of the image. */
  private regionOf(annotation: Annotation): readonly [number, number, number, number] {
    const { box, step, imageHw } = this;
    const [x, y, width, height] = annotation.bboxXywh;
    // A small mask is looked at as a whole: what becomes of it must not depend on where boxes end.
    const margin = isSmall(annotation, step) ? 2 * step : step;
    const left = alignDown(Math.max(x, box.x0 - margin, 0), step);
    const top = alignDown(Math.max(y, box.y0 - margin, 0), step);
    const right = Math.min(x + width, box.x1 + margin, imageHw[1]);
    const bottom = Math.min(y + height, box.y1 + margin, imageHw[0]);
    return [left, top, right - left, bottom - top];
  }

  private lengthOf(imageLength: number): number {
    return Math.min(Math.ceil(imageLength / this.step), TILE_SIDE);
  }
}

/** The pixels of a tile in which something of `box` is seen, as a box of the image; they touch at least. */
export function partOfTile(tile: TileId, box: ImageBox, imageHw: SizeHw): ImageBox {
  const [whole, step] = [tileBox(tile, imageHw), 2 ** tile.level];
  return {
    x0: Math.max(alignDown(box.x0, step), whole.x0),
    y0: Math.max(alignDown(box.y0, step), whole.y0),
    x1: Math.min(alignDown(box.x1 + step - 1, step), whole.x1),
    y1: Math.min(alignDown(box.y1 + step - 1, step), whole.y1),
  };
}

/** A mask between the pixels of a coarse level would not be seen at all: one pixel of it stays. */
function keepSpeck(mask: BinaryMask, annotation: Annotation, step: number): void {
  const isSpeck = isSmall(annotation, step) && annotation.area > 0;
  if (isSpeck && !mask.data.includes(1)) mask.data[mask.data.length >> 1] = 1;
}

function isSmall({ bboxXywh: [, , width, height] }: Annotation, step: number): boolean {
  return Math.max(width, height) <= 2 * step;
}

function countsFor(rle: Rle): readonly number[] {
  const known = knownCounts.get(rle);
  if (known) return known;
  const counts = countsOf(rle);
  knownCounts.set(rle, counts);
  return counts;
}

function alignDown(value: number, step: number): number {
  return Math.floor(value / step) * step;
}
