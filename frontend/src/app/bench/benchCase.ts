import type { ImageDetails } from "../../editor";

/** What `tests/benchmarks/decoder.py` serves beside the page: one segmenter, one image, and what to compare with. */
export interface BenchCase {
  readonly manifestUrl: string;
  readonly embeddingUrl: string;
  readonly embeddingKey: string;
  readonly image: { readonly url: string; readonly width: number; readonly height: number };
  readonly baseline: BaselineCase | null;
}

/** A decoder as it is usually exported: one graph that takes the embedding and the prompt. */
export interface BaselineCase {
  readonly url: string;
  /** Inputs that are always the same. The embedding's tensors, `point_coords` and `point_labels` are known by name. */
  readonly constants: readonly { readonly name: string; readonly dims: number[]; readonly values: number[] | number }[];
}

export async function fetchCase(url: string): Promise<BenchCase> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} is not there`);
  const raw = (await response.json()) as BenchCase;
  const absolute = (path: string): string => new URL(path, response.url).href;
  return {
    ...raw,
    manifestUrl: absolute(raw.manifestUrl),
    embeddingUrl: absolute(raw.embeddingUrl),
    image: { ...raw.image, url: absolute(raw.image.url) },
    baseline: raw.baseline && { ...raw.baseline, url: absolute(raw.baseline.url) },
  };
}

export function imageOf({ image, embeddingKey, embeddingUrl, manifestUrl }: BenchCase): ImageDetails {
  return {
    id: 1,
    filename: "bench",
    width: image.width,
    height: image.height,
    contentUrl: image.url,
    thumbnailUrl: image.url,
    tileUrl: null,
    values: null,
    regionUrl: "",
    embeddingKey,
    embeddingUrl,
    manifestUrl,
  };
}
