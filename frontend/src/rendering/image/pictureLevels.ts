/** Below this size a level more would save nothing. */
const LEAST_SIDE = 512;

/**
 * A picture and smaller versions of it, each half as large as the one before: to scale all of a large one down takes
 * longer than a frame. Decodes and scales where it is called. Throws what `fetch` and `createImageBitmap` throw.
 */
export async function fetchLevels(url: string, signal?: AbortSignal): Promise<ImageBitmap[]> {
  const response = await fetch(url, { signal, credentials: "same-origin" });
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  return levelsOf(await createImageBitmap(await response.blob()));
}

async function levelsOf(full: ImageBitmap): Promise<ImageBitmap[]> {
  const levels = [full];
  for (let larger = full; Math.max(larger.width, larger.height) > LEAST_SIDE; ) {
    const smaller = await half(larger);
    if (!smaller) break;
    levels.push(smaller);
    larger = smaller;
  }
  return levels;
}

/** Null where the browser cannot do it: then the image is scaled down with every frame. */
async function half(picture: ImageBitmap): Promise<ImageBitmap | null> {
  const [resizeWidth, resizeHeight] = [picture.width, picture.height].map((side) => Math.max(Math.round(side / 2), 1));
  return await createImageBitmap(picture, { resizeWidth, resizeHeight, resizeQuality: "medium" }).catch(() => null);
}
