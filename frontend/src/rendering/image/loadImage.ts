import { type SizeHw, TILE_SIDE, type TileId } from "../../geometry";
import { t } from "../../words";
import type { ImagePixels } from "./imagePixels";
import { pictureLink } from "./pictureLink";
import { TiledImage } from "./tiledImage";
import { WholeImage } from "./wholeImage";

/** Where the pixels of an image are served. */
export interface ImageFiles {
  readonly width: number;
  readonly height: number;
  readonly contentUrl: string;
  /** With {level}, {column} and {row} in it; null: the image is served as a whole only. */
  readonly tileUrl: string | null;
}

/** The image was not loaded: the file is gone, or the server is. */
export class ImageUnavailable extends Error {
  override readonly name = "ImageUnavailable";
  readonly code = "image_unavailable";
  constructor() {
    super(t("The image could not be loaded. Check that the server runs, then open the image again."));
  }
}

/** Resolves when all of the image is seen, however coarse. Throws ImageUnavailable. */
export async function loadImage(files: ImageFiles, signal: AbortSignal): Promise<ImagePixels> {
  const imageHw: SizeHw = [files.height, files.width];
  const { tileUrl } = files;
  if (tileUrl === null || Math.max(...imageHw) <= TILE_SIDE) {
    return new WholeImage(imageHw, await fetchWhole(files.contentUrl, signal));
  }
  const image = new TiledImage(imageHw, (tile, stop) => fetchPicture(addressOf(tileUrl, tile), stop));
  await image.open();
  return image;
}

/** Scaled down as well, beside the page's thread. */
async function fetchWhole(url: string, signal: AbortSignal): Promise<ImageBitmap[]> {
  const levels = await pictureLink()
    .fetch(new URL(url, location.href).href)
    .catch(() => []);
  if (signal.aborted) for (const level of levels) level.close();
  if (signal.aborted || levels.length === 0) throw new ImageUnavailable();
  return levels;
}

/** Decoded beside the page's thread. */
async function fetchPicture(url: string, signal: AbortSignal): Promise<ImageBitmap> {
  try {
    const response = await fetch(url, { signal, credentials: "same-origin" });
    if (!response.ok) throw new ImageUnavailable();
    return await createImageBitmap(await response.blob());
  } catch {
    throw new ImageUnavailable();
  }
}

function addressOf(template: string, { level, column, row }: TileId): string {
  return template.replace("{level}", `${level}`).replace("{column}", `${column}`).replace("{row}", `${row}`);
}
