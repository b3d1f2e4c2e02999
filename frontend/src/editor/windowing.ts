import { NEUTRAL_TONE, type Tone } from "../session";
import type { LoadPixels } from "./imageOpening";
import type { ImageDetails } from "./ports";
import type { Store } from "./store";

/** Somebody who drags a slider sees the pixels that are there stretched; finer ones are fetched when the hand rests. */
const REST_MS = 200;

/**
 * Where an original has more values than a screen shows, as 16-bit greys, its pixels are fetched anew for the window of
 * values that is looked at. Returns what ends that.
 */
export function followWindow(store: Store, loadPixels: LoadPixels): () => void {
  let wanted: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const fetchPixels = async (image: ImageDetails, window: Tone["window"], key: string): Promise<void> => {
    // What cannot be had leaves the pixels that are there, stretched.
    const pixels = await loadPixels(filesOf(image, window)).catch(() => null);
    if (pixels && key === wanted && store.state.image?.id === image.id) store.update({ pixels, pixelWindow: window });
  };
  const unsubscribe = store.subscribe(() => {
    const { image, imageState, session } = store.state;
    const { window } = session.display.tone;
    if (!image?.values || imageState !== "ready" || image.tileUrl) return;
    const key = `${image.id} ${window.join(" ")}`;
    const isThere = window.every((value, end) => value === store.state.pixelWindow[end]);
    if (key === wanted || (isThere && wanted === null)) return;
    wanted = key;
    clearTimeout(timer);
    timer = setTimeout(() => void fetchPixels(image, window, key), REST_MS);
  });
  return () => {
    clearTimeout(timer);
    wanted = null;
    unsubscribe();
  };
}

function filesOf(image: ImageDetails, window: Tone["window"]): ImageDetails {
  const isWhole = window.every((value, end) => value === NEUTRAL_TONE.window[end]);
  if (!image.values || isWhole) return image;
  const [low, high] = image.values.range;
  const [from, to] = window.map((share) => low + share * (high - low));
  const contentUrl = image.values.windowUrl.replace("{low}", `${from}`).replace("{high}", `${to}`);
  return { ...image, contentUrl };
}
