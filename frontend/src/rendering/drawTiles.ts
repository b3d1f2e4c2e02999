import { deviceBox, type ImageBox, parentOf, type SizeHw, type TileId, tileBox, topLevel } from "../geometry";
import type { Scene } from "./scene";
import { type Context2d, chooseSmoothing } from "./surface";

/** A picture of any size. */
export type Picture = ImageBitmap | OffscreenCanvas;

/** What is there of a tile; null when it has not come, or is not painted yet. */
export type FindTile = (tile: TileId) => Picture | null;

/** Draws the tiles; where one is missing, what a coarser one has of it. */
export function drawTiles(
  context: Context2d,
  tiles: readonly TileId[],
  find: FindTile,
  { viewport, imageHw }: Pick<Scene, "viewport" | "imageHw">,
  pixelRatio: number,
): void {
  context.setTransform(1, 0, 0, 1, 0, 0);
  for (const tile of tiles) {
    const found = findNearest(tile, find, imageHw);
    if (!found) continue;
    const box = tileBox(tile, imageHw);
    const { picture, of } = found;
    const from = sourceOf(box, tileBox(of, imageHw), picture);
    const to = deviceBox(box, viewport, pixelRatio);
    chooseSmoothing(context, (to.x1 - to.x0) / (from.x1 - from.x0));
    context.imageSmoothingQuality = "low"; // the levels are what a better one would make
    context.drawImage(picture, ...rectangle(from), ...rectangle(to));
  }
}

function findNearest(tile: TileId, find: FindTile, imageHw: SizeHw): { picture: Picture; of: TileId } | null {
  const top = topLevel(imageHw);
  for (let of = tile; of.level <= top; of = parentOf(of)) {
    const picture = find(of);
    if (picture) return { picture, of };
  }
  return null;
}

/** The part of a picture of `whole` that shows `part`. */
function sourceOf(part: ImageBox, whole: ImageBox, { width, height }: Picture): ImageBox {
  const [across, down] = [width / (whole.x1 - whole.x0), height / (whole.y1 - whole.y0)];
  return {
    x0: (part.x0 - whole.x0) * across,
    y0: (part.y0 - whole.y0) * down,
    x1: (part.x1 - whole.x0) * across,
    y1: (part.y1 - whole.y0) * down,
  };
}

function rectangle({ x0, y0, x1, y1 }: ImageBox): [number, number, number, number] {
  return [x0, y0, x1 - x0, y1 - y0];
}
