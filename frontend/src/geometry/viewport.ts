import { type ImagePoint, imagePoint, type ScreenPoint, type SizeHw, screenPoint } from "./points";

/** Where the image lies on the canvas: screen = image * scale + offset. */
export interface Viewport {
  /** CSS pixels for one image pixel. */
  readonly scale: number;
  /** Screen position of the image's top left corner, in CSS pixels. */
  readonly offsetX: number;
  readonly offsetY: number;
}

export const MAX_SCALE = 64;
const FIT_MARGIN_PX = 24;
/** At least this much of the image stays on the canvas, so that nobody loses it by panning. */
const KEEP_VISIBLE_PX = 48;

export function screenToImage(point: ScreenPoint, viewport: Viewport): ImagePoint {
  return imagePoint((point.x - viewport.offsetX) / viewport.scale, (point.y - viewport.offsetY) / viewport.scale);
}

export function imageToScreen(point: ImagePoint, viewport: Viewport): ScreenPoint {
  return screenPoint(point.x * viewport.scale + viewport.offsetX, point.y * viewport.scale + viewport.offsetY);
}

/** The whole image, centred, with a margin; small images are enlarged to fill the canvas. */
export function fitViewport(imageHw: SizeHw, canvasHw: SizeHw): Viewport {
  const [height, width] = imageHw;
  const [canvasHeight, canvasWidth] = canvasHw;
  const room = (size: number): number => Math.max(size - 2 * FIT_MARGIN_PX, 1);
  const scale = Math.min(room(canvasWidth) / width, room(canvasHeight) / height, MAX_SCALE);
  return { scale, offsetX: (canvasWidth - width * scale) / 2, offsetY: (canvasHeight - height * scale) / 2 };
}

/** The smallest useful zoom: half of the fitted one, and never more than one to one. */
export function minScale(imageHw: SizeHw, canvasHw: SizeHw): number {
  return Math.min(fitViewport(imageHw, canvasHw).scale / 2, 1);
}

/** Zoom by `factor`; the image point under `anchor` stays there. */
export function zoomAt(
  viewport: Viewport,
  anchor: ScreenPoint,
  factor: number,
  imageHw: SizeHw,
  canvasHw: SizeHw,
): Viewport {
  const wanted = viewport.scale * factor;
  const scale = Math.min(Math.max(wanted, minScale(imageHw, canvasHw)), MAX_SCALE);
  const fixed = screenToImage(anchor, viewport);
  const zoomed = { scale, offsetX: anchor.x - fixed.x * scale, offsetY: anchor.y - fixed.y * scale };
  return keepInReach(zoomed, imageHw, canvasHw);
}

export function panBy(viewport: Viewport, dx: number, dy: number, imageHw: SizeHw, canvasHw: SizeHw): Viewport {
  const moved = { ...viewport, offsetX: viewport.offsetX + dx, offsetY: viewport.offsetY + dy };
  return keepInReach(moved, imageHw, canvasHw);
}

function keepInReach(viewport: Viewport, [height, width]: SizeHw, [canvasHeight, canvasWidth]: SizeHw): Viewport {
  const clamp = (offset: number, imageSize: number, canvasSize: number): number => {
    const keep = Math.min(KEEP_VISIBLE_PX, imageSize, canvasSize);
    return Math.min(Math.max(offset, keep - imageSize), canvasSize - keep);
  };
  return {
    scale: viewport.scale,
    offsetX: clamp(viewport.offsetX, width * viewport.scale, canvasWidth),
    offsetY: clamp(viewport.offsetY, height * viewport.scale, canvasHeight),
  };
}
