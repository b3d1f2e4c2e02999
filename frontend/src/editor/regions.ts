import { type ImageBox, regionToEmbed, visibleBox } from "../geometry";
import type { ImageRegion, RegionalSegmentation } from "../segmentation";
import type { ImageDetails } from "./ports";
import { imageHwOf } from "./state";
import type { Store } from "./store";

/** Whoever moves the image does not want what is seen on the way. */
const REST_MS = 500;

/**
 * Regions of interest: where somebody has zoomed into a large image, the part that is seen gets an embedding of its
 * own, in which small objects are large. Prompts on it are answered from there as soon as it has come.
 */
export class Regions {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asked = "";
  private readonly unsubscribe: () => void;

  constructor(
    private readonly store: Store,
    private readonly segmentation: RegionalSegmentation,
  ) {
    let seen: readonly unknown[] = [];
    this.unsubscribe = store.subscribe(() => {
      const { session, canvasHw, image, embeddingState, usesRegions } = store.state;
      const now = [session.viewport, canvasHw, image, embeddingState, usesRegions];
      if (now.every((part, index) => part === seen[index])) return;
      seen = now;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.look(), REST_MS);
    });
  }

  toggle(): void {
    this.store.update({ usesRegions: !this.store.state.usesRegions });
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.unsubscribe();
  }

  private async look(): Promise<void> {
    const { image, embeddingState } = this.store.state;
    if (!image || embeddingState !== "ready") return;
    const box = this.wantedBox(image);
    const region = box && regionOf(image, box);
    const key = region?.embedding.key ?? "";
    if (key === this.asked) return;
    this.asked = key;
    if (!region) this.store.update({ region: null });
    const isThere = await this.segmentation.look(region);
    if (key !== this.asked) return;
    if (isThere) this.store.update({ region: box });
    else this.asked = ""; // it may be had when it is looked at again
  }

  private wantedBox(image: ImageDetails): ImageBox | null {
    const { session, canvasHw, embedding, usesRegions } = this.store.state;
    const seen = visibleBox(session.viewport, imageHwOf(image), canvasHw);
    if (!usesRegions || !seen || !embedding) return null;
    return regionToEmbed(seen, imageHwOf(image), Math.max(...embedding.resize.inputHw));
  }
}

/** A part of the image, with the address of its embedding. */
export function regionOf(image: ImageDetails, box: ImageBox): ImageRegion {
  const [width, height] = [box.x1 - box.x0, box.y1 - box.y0];
  const url = `${image.regionUrl}?x=${box.x0}&y=${box.y0}&width=${width}&height=${height}`;
  const key = `${image.embeddingKey} ${box.x0} ${box.y0} ${width} ${height}`;
  const embedding = { key, url, manifestUrl: image.manifestUrl };
  return { embedding, imageKey: image.embeddingKey, imageHw: imageHwOf(image), box };
}
