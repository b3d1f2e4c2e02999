import type { ImageBox, SizeHw } from "../../geometry";
import { drawPart, type Picture } from "../drawTiles";
import { type Context2d, enterDeviceSpace } from "../surface";
import { type ImagePixels, type ImageView, Listeners, readPixels, seenPart } from "./imagePixels";

/** Below this size a level more would save nothing. */
const LEAST_SIDE = 512;

/** An image that is there as a whole, with smaller versions of itself: scaling all of it down takes longer than a frame. */
export class WholeImage implements ImagePixels {
  /** Each half as large as the one before; they come one after the other. */
  private readonly levels: Picture[];
  private readonly listeners = new Listeners();
  readonly isSharp = true;
  private isDisposed = false;

  constructor(
    readonly imageHw: SizeHw,
    full: Picture,
  ) {
    this.levels = [full];
    void this.addLevels(full);
  }

  drawRegion(context: Context2d, region: ImageBox, target: ImageBox): void {
    const picture = this.levelFor((target.x1 - target.x0) / (region.x1 - region.x0));
    const whole = { x0: 0, y0: 0, x1: this.imageHw[1], y1: this.imageHw[0] };
    if (picture && !this.isDisposed) drawPart(context, picture, whole, region, target);
  }

  drawView(context: Context2d, view: ImageView): void {
    const seen = seenPart(this.imageHw, view);
    enterDeviceSpace(context);
    if (seen) this.drawRegion(context, seen.region, seen.target);
  }

  async read(region: ImageBox, sizeHw: SizeHw): Promise<ImageData> {
    return readPixels(this, region, sizeHw);
  }

  subscribe(listener: () => void): () => void {
    return this.listeners.add(listener);
  }

  dispose(): void {
    this.isDisposed = true;
    for (const level of this.levels) if ("close" in level) level.close();
  }

  /** The smallest that is not coarser than the screen. `scale`: canvas pixels for one image pixel. */
  private levelFor(scale: number): Picture | undefined {
    const wanted = Math.max(Math.floor(-Math.log2(scale)), 0);
    return this.levels[Math.min(wanted, this.levels.length - 1)];
  }

  private async addLevels(full: Picture): Promise<void> {
    let [height, width] = this.imageHw;
    for (let larger = full; Math.max(width, height) > LEAST_SIDE && !this.isDisposed; ) {
      [height, width] = [Math.max(Math.round(height / 2), 1), Math.max(Math.round(width / 2), 1)];
      const smaller = await half(larger, width, height);
      if (!smaller || this.isDisposed) return;
      this.levels.push(smaller);
      larger = smaller;
      this.listeners.call();
    }
  }
}

/** Null where the browser cannot do it: then the image is scaled down with every frame. */
async function half(picture: Picture, resizeWidth: number, resizeHeight: number): Promise<ImageBitmap | null> {
  const options = { resizeWidth, resizeHeight, resizeQuality: "medium" } as const;
  return await createImageBitmap(picture, options).catch(() => null);
}
