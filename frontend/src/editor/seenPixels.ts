import { type ImageBox, type ImagePoint, imagePoint, visibleBox } from "../geometry";
import type { RgbaPixels } from "../imaging";
import { imageHwOf } from "./state";
import type { Store } from "./store";

/** The part of the image that was seen when it was asked for, as pixels. */
export interface ImagePart {
  readonly rgba: RgbaPixels;
  readonly left: number;
  readonly top: number;
  /** Image pixels for one pixel of `rgba`, across and down. */
  readonly step: readonly [across: number, down: number];
}

/** Pixels of what the user looks at, for the tools that follow colours and edges. Zooming in makes them finer. */
export class SeenPixels {
  private readonly known = new Map<number, { readonly key: string; readonly part: Promise<ImagePart | null> }>();

  constructor(private readonly store: Store) {}

  /**
   * The part that is seen now; null where there is none. More than `maxPixels` are read at a coarser scale. The same
   * promise as long as the same part is seen. Throws ImageUnavailable.
   */
  read(maxPixels: number): Promise<ImagePart | null> {
    const region = this.region();
    const { image } = this.store.state;
    const key = `${image?.id} ${JSON.stringify(region)}`;
    const known = this.known.get(maxPixels);
    if (known?.key === key) return known.part;
    const part = region ? this.readRegion(region, maxPixels) : Promise.resolve(null);
    this.known.set(maxPixels, { key, part });
    // What failed is tried again.
    part.catch(() => this.known.delete(maxPixels));
    return part;
  }

  /** How many pixels of the image are seen now. */
  get count(): number {
    const region = this.region();
    return region ? (region.x1 - region.x0) * (region.y1 - region.y0) : 0;
  }

  private region(): ImageBox | null {
    const { image, canvasHw, session } = this.store.state;
    return image && wholePixels(visibleBox(session.viewport, imageHwOf(image), canvasHw));
  }

  private async readRegion(region: ImageBox, maxPixels: number): Promise<ImagePart | null> {
    const { pixels } = this.store.state;
    if (!pixels) return null;
    const [width, height] = [region.x1 - region.x0, region.y1 - region.y0];
    const shrink = Math.min(1, Math.sqrt(maxPixels / (width * height)));
    const sizeHw = [Math.max(Math.round(height * shrink), 1), Math.max(Math.round(width * shrink), 1)] as const;
    const rgba = await pixels.read(region, sizeHw);
    return { rgba, left: region.x0, top: region.y0, step: [width / sizeHw[1], height / sizeHw[0]] };
  }
}

/** An image point in the part's own pixels, and back. */
export function imageToPart({ x, y }: ImagePoint, { left, top, step }: ImagePart): { x: number; y: number } {
  return { x: (x - left) / step[0], y: (y - top) / step[1] };
}

export function partToImage({ x, y }: { x: number; y: number }, { left, top, step }: ImagePart): ImagePoint {
  return imagePoint(left + x * step[0], top + y * step[1]);
}

function wholePixels(box: ImageBox | null): ImageBox | null {
  return box && { x0: Math.floor(box.x0), y0: Math.floor(box.y0), x1: Math.ceil(box.x1), y1: Math.ceil(box.y1) };
}
