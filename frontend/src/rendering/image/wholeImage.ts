import type { ImageBox, SizeHw } from "../../geometry";
import { drawPart, type Picture } from "../drawTiles";
import { type Context2d, enterDeviceSpace } from "../surface";
import { type ImagePixels, type ImageView, readPixels, seenPart } from "./imagePixels";

/** An image that is there as a whole, with smaller versions of itself. */
export class WholeImage implements ImagePixels {
  readonly isSharp = true;
  private isDisposed = false;

  constructor(
    readonly imageHw: SizeHw,
    /** The image itself, and then each half as large as the one before. */
    private readonly levels: readonly Picture[],
  ) {}

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

  /** All of it is there from the start. */
  subscribe(): () => void {
    return () => undefined;
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
}
