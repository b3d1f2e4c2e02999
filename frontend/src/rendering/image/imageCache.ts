import type { ImagePixels } from "./imagePixels";
import { type ImageFiles, loadImage } from "./loadImage";

/** The open image, its neighbours on both sides, and the one before. */
const MAX_IMAGES = 4;

type Load = (files: ImageFiles, signal: AbortSignal) => Promise<ImagePixels>;

/** Keeps the images that were loaded last, decoded: one that was fetched ahead is there at once when it is opened. */
export class ImageCache {
  /** Least recently asked for first. */
  private readonly images = new Map<string, Promise<ImagePixels>>();

  constructor(private readonly load: Load = loadImage) {}

  /** The image, perhaps from before. What fails is not kept. Throws ImageUnavailable. */
  get(files: ImageFiles): Promise<ImagePixels> {
    const key = files.contentUrl;
    const known = this.images.get(key);
    // Not aborted by whoever asked first: another may have asked meanwhile.
    const image = known ?? this.load(files, new AbortController().signal);
    this.images.delete(key);
    this.images.set(key, image);
    image.catch(() => this.images.delete(key));
    this.dropOldest();
    return image;
  }

  dispose(): void {
    for (const image of this.images.values()) release(image);
    this.images.clear();
  }

  private dropOldest(): void {
    for (const [key, image] of this.images) {
      if (this.images.size <= MAX_IMAGES) return;
      this.images.delete(key);
      release(image);
    }
  }
}

function release(image: Promise<ImagePixels>): void {
  image.then(
    (pixels) => pixels.dispose(),
    () => undefined,
  );
}
