import type { ImageBox } from "./box";
import { imagePoint, type SizeHw, screenPoint } from "./points";
import { imageToScreen, screenToImage, type Viewport } from "./viewport";

/**
 * An image in squares, at levels of which each is half as large as the one before: a pixel of level k stands for
 * 2^k x 2^k image pixels. The server cuts large images so, and masks are painted so.
 */
export interface TileId {
  readonly level: number;
  readonly column: number;
  readonly row: number;
}

/** Pixels of a tile's side; tiles at the right and bottom edge may be smaller. */
export const TILE_SIDE = 512;

export const tileKey = ({ level, column, row }: TileId): string => `${level}/${column}/${row}`;

/** The first level at which one tile holds the whole image. */
export function topLevel([height, width]: SizeHw): number {
  return Math.max(0, Math.ceil(Math.log2(Math.max(height, width) / TILE_SIDE)));
}

/** The coarsest level that is as fine as the screen. `deviceScale`: device pixels for one image pixel. */
export function levelFor(imageHw: SizeHw, deviceScale: number): number {
  return Math.min(Math.max(Math.floor(-Math.log2(deviceScale)), 0), topLevel(imageHw));
}

/** What of the image the tile holds, in image points. */
export function tileBox({ level, column, row }: TileId, [height, width]: SizeHw): ImageBox {
  const side = TILE_SIDE * 2 ** level;
  return {
    x0: column * side,
    y0: row * side,
    x1: Math.min((column + 1) * side, width),
    y1: Math.min((row + 1) * side, height),
  };
}

/** The tile one level further up that holds this one. */
export function parentOf({ level, column, row }: TileId): TileId {
  return { level: level + 1, column: column >> 1, row: row >> 1 };
}

/** The tiles of a level that have to do with the box, those in its middle first. */
export function tilesIn(level: number, box: ImageBox): TileId[] {
  const side = TILE_SIDE * 2 ** level;
  const tiles: TileId[] = [];
  for (let row = Math.floor(box.y0 / side); row * side < box.y1; row++) {
    for (let column = Math.floor(box.x0 / side); column * side < box.x1; column++) tiles.push({ level, column, row });
  }
  const [x, y] = [(box.x0 + box.x1) / 2 / side - 0.5, (box.y0 + box.y1) / 2 / side - 0.5];
  const distance = ({ column, row }: TileId): number => Math.hypot(column - x, row - y);
  return tiles.sort((a, b) => distance(a) - distance(b));
}

/** What of the image is on the canvas; null when nothing is. */
export function visibleBox(viewport: Viewport, [height, width]: SizeHw, canvasHw: SizeHw): ImageBox | null {
  const from = screenToImage(screenPoint(0, 0), viewport);
  const to = screenToImage(screenPoint(canvasHw[1], canvasHw[0]), viewport);
  const box = {
    x0: Math.max(from.x, 0),
    y0: Math.max(from.y, 0),
    x1: Math.min(to.x, width),
    y1: Math.min(to.y, height),
  };
  return box.x0 < box.x1 && box.y0 < box.y1 ? box : null;
}

/** Where a box of the image lies on the canvas, in whole device pixels: boxes that touch in the image touch there. */
export function deviceBox(box: ImageBox, viewport: Viewport, pixelRatio: number): ImageBox {
  const from = imageToScreen(imagePoint(box.x0, box.y0), viewport);
  const to = imageToScreen(imagePoint(box.x1, box.y1), viewport);
  return {
    x0: Math.round(from.x * pixelRatio),
    y0: Math.round(from.y * pixelRatio),
    x1: Math.round(to.x * pixelRatio),
    y1: Math.round(to.y * pixelRatio),
  };
}
