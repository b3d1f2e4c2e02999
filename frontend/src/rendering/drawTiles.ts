import { type ImageBox, parentOf, type SizeHw, type TileId, tileBox, topLevel } from "../geometry";
import { type Context2d, chooseSmoothing } from "./surface";

/** Something that can be drawn, of any size. */
export type Picture = ImageBitmap | OffscreenCanvas;

/** What is there of a tile; "empty": nothing is to be drawn; null: it has not come, or is not painted yet. */
export type FindTile = (tile: TileId) => Picture | "empty" | null;

/**
 * Draws the tiles; where one is missing, what a coarser one has of it. `place` says where a box of the image lies in
 * pixels of the canvas. It has to answer in whole pixels, or tiles would not meet.
 */
export function drawTiles(
  context: Context2d,
  tiles: readonly TileId[],
  find: FindTile,
  imageHw: SizeHw,
  place: (box: ImageBox) => ImageBox,
): void {
  for (const tile of tiles) {
    const found = findNearest(tile, find, imageHw);
    const box = tileBox(tile, imageHw);
    if (found && found.picture !== "empty")
      drawPart(context, found.picture, tileBox(found.of, imageHw), box, place(box));
  }
}

/** Draws the part `part` of a picture that shows `whole` of the image, into `target` of the canvas. */
export function drawPart(
  context: Context2d,
  picture: Picture,
  whole: ImageBox,
  part: ImageBox,
  target: ImageBox,
): void {
  const { width, height } = picture;
  const [across, down] = [width / (whole.x1 - whole.x0), height / (whole.y1 - whole.y0)];
  const [columns, rows] = [(part.x1 - part.x0) * across, (part.y1 - part.y0) * down];
  const [drawnWidth, drawnHeight] = [target.x1 - target.x0, target.y1 - target.y0];
  if (columns <= 0 || rows <= 0 || drawnWidth <= 0 || drawnHeight <= 0) return;
  chooseSmoothing(context, drawnWidth / columns);
  const [left, top] = [(part.x0 - whole.x0) * across, (part.y0 - whole.y0) * down];
  context.drawImage(picture, left, top, columns, rows, target.x0, target.y0, drawnWidth, drawnHeight);
}

function findNearest(tile: TileId, find: FindTile, imageHw: SizeHw): { picture: Picture | "empty"; of: TileId } | null {
  const top = topLevel(imageHw);
  for (let of = tile; of.level <= top; of = parentOf(of)) {
    const picture = find(of);
    if (picture) return { picture, of };
  }
  return null;
}
