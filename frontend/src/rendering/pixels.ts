/** The image was not loaded: the file is gone, or the server is. */
export class ImageUnavailable extends Error {
  override readonly name = "ImageUnavailable";
  readonly code = "image_unavailable";
  constructor() {
    super("The image could not be loaded. Check that the server runs, then open the image again.");
  }
}

/** Decoded pixels. An image element lets the browser keep large images in whatever form it draws fastest. */
export async function loadPixels(url: string, signal: AbortSignal): Promise<CanvasImageSource> {
  const image = new Image();
  const stop = (): void => {
    image.src = "";
  };
  signal.addEventListener("abort", stop);
  image.src = url;
  try {
    await image.decode();
  } catch {
    throw new ImageUnavailable();
  } finally {
    signal.removeEventListener("abort", stop);
  }
  return image;
}
