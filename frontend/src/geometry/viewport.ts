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
/** Free room around the fitted image; candidates and hints have places of their own beside the canvas. */
const FIT_MARGINS_PX = { top: 24, bottom: 24, left: 24, right: 24 };
/** On a small canvas no margin takes more than this part of it. */
const MAX_MARGIN = 0.15;
/** At least this much of the image stays on the canvas, so that nobody loses it by panning. */
const KEEP_VISIBLE_PX = 48;

export function screenToImage(point: ScreenPoint, viewport: Viewport): ImagePoint {
  return imagePoint((point.x - viewport.offsetX) / viewport.scale, (point.y - viewport.offsetY) / viewport.scale);
}

export function imageToScreen(point: ImagePoint, viewport: Viewport): ScreenPoint {
  return screenPoint(point.x * viewport.scale + viewport.offsetX, point.y * viewport.scale + viewport.offsetY);
}

/** The whole image in the middle of the free room; small images are enlarged to fill it. */
export function fitViewport(imageHw: SizeHw, canvasHw: SizeHw): Viewport {
  const [height, width] = imageHw;
  const down = freeRoom(canvasHw[0], FIT_MARGINS_PX.top, FIT_MARGINS_PX.bottom);
  const across = freeRoom(canvasHw[1], FIT_MARGINS_PX.left, FIT_MARGINS_PX.right);
  const scale = Math.min(across.size / width, down.size / height, MAX_SCALE);
  return {
    scale,
    offsetX: across.start + (across.size - width * scale) / 2,
    offsetY: down.start + (down.size - height * scale) / 2,
  };
}

function freeRoom(canvasSize: number, before: number, after: number): { start: number; size: number } {
  const start = Math.min(before, canvasSize * MAX_MARGIN);
  const end = canvasSize - Math.min(after, canvasSize * MAX_MARGIN);
  return { start, size: Math.max(end - start, 1) };
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
