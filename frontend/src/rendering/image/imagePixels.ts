import { deviceBox, type ImageBox, type SizeHw, type Viewport, visibleBox } from "../../geometry";
import { type Context2d, enterDeviceSpace } from "../surface";

/** What is seen of the image, on a canvas of CSS pixels. */
export interface ImageView {
  readonly viewport: Viewport;
  readonly canvasHw: SizeHw;
  readonly pixelRatio: number;
}

/** The pixels of an open image: all of them, or, of a large one, those that somebody looks at. */
export interface ImagePixels {
  readonly imageHw: SizeHw;
  /**
   * Draws a box of the image into a box of the canvas, both in pixels, from what is there now. The canvas has no
   * transformation.
   */
  drawRegion(context: Context2d, region: ImageBox, target: ImageBox): void;
  /** What `drawView` drew last is as fine as the screen: nothing more comes. */
  readonly isSharp: boolean;
  /** Draws what is seen, and sees to it that what is missing comes. */
  drawView(context: Context2d, view: ImageView): void;
  /** RGBA of a box of whole image pixels, at any size. Waits for pixels that are missing. Throws ImageUnavailable. */
  read(region: ImageBox, sizeHw: SizeHw): Promise<ImageData>;
  /** Calls back when finer pixels have come than were drawn. */
  subscribe(listener: () => void): () => void;
  /** Gives the memory back; nothing can be drawn then. */
  dispose(): void;
}

/** The part of the image that is seen, in whole pixels, and where it lies on the canvas; null: nothing is seen. */
export function seenPart(imageHw: SizeHw, { viewport, canvasHw, pixelRatio }: ImageView) {
  const seen = visibleBox(viewport, imageHw, canvasHw);
  if (!seen) return null;
  const region = {
    x0: Math.floor(seen.x0),
    y0: Math.floor(seen.y0),
    x1: Math.ceil(seen.x1),
    y1: Math.ceil(seen.y1),
  };
  return { region, target: deviceBox(region, viewport, pixelRatio) };
}

/** What `drawRegion` draws, as values. */
export function readPixels(pixels: Pick<ImagePixels, "drawRegion">, region: ImageBox, sizeHw: SizeHw): ImageData {
  const [height, width] = sizeHw;
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("This browser draws nothing off screen.");
  enterDeviceSpace(context);
  pixels.drawRegion(context, region, { x0: 0, y0: 0, x1: width, y1: height });
  return context.getImageData(0, 0, width, height);
}

/** Those who want to know when pixels came. */
export class Listeners {
  private readonly all = new Set<() => void>();

  add(listener: () => void): () => void {
    this.all.add(listener);
    return () => this.all.delete(listener);
  }

  call(): void {
    for (const listener of this.all) listener();
  }
}
