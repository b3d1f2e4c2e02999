import type { SizeHw, Viewport } from "../geometry";

export type Context2d = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** From here on drawing is in image pixels. */
export function enterImageSpace(context: Context2d, viewport: Viewport, pixelRatio: number): void {
  const scale = viewport.scale * pixelRatio;
  context.setTransform(scale, 0, 0, scale, viewport.offsetX * pixelRatio, viewport.offsetY * pixelRatio);
}

/** From here on drawing is in CSS pixels. */
export function enterScreenSpace(context: Context2d, pixelRatio: number): void {
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
}

/** From here on drawing is in pixels of the canvas. */
export function enterDeviceSpace(context: Context2d): void {
  context.setTransform(1, 0, 0, 1, 0, 0);
}

/** Pixels are shown as squares from here on; below, they are blended. */
const CRISP_FROM = 2;

export function chooseSmoothing(context: Context2d, deviceScale: number): void {
  context.imageSmoothingEnabled = deviceScale < CRISP_FROM;
  context.imageSmoothingQuality = deviceScale < 0.5 ? "medium" : "low";
}

/** RGBA pixels as something that can be drawn. */
export function toBitmap(pixels: Uint8ClampedArray<ArrayBuffer>, [height, width]: SizeHw): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  putPixels(canvas, pixels, [height, width], 0, 0);
  return canvas;
}

/** Takes the place of what was there. */
export function putPixels(
  canvas: OffscreenCanvas,
  pixels: Uint8ClampedArray<ArrayBuffer>,
  [height, width]: SizeHw,
  left: number,
  top: number,
): void {
  if (height > 0 && width > 0) canvas.getContext("2d")?.putImageData(new ImageData(pixels, width, height), left, top);
}

/** Dark below, white above: seen on every ground. Widths are in CSS pixels. */
export function strokeDouble(context: Context2d, path: Path2D, unitsPerPixel: number, inner: number): void {
  context.lineCap = "square";
  context.lineJoin = "round";
  context.strokeStyle = "rgba(0, 0, 0, 0.75)";
  context.lineWidth = (inner + 2) * unitsPerPixel;
  context.stroke(path);
  context.strokeStyle = "#ffffff";
  context.lineWidth = inner * unitsPerPixel;
  context.stroke(path);
}
