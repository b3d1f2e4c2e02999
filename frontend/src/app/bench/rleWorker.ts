/// <reference lib="webworker" />

import { decodeRle, encodeMask } from "../../masks";
import { fetchBytes } from "../../segmentation/fetching";
import { median } from "./median";

export interface RleRequest {
  /** Bytes of the mask, row-major, 0 or 1. */
  readonly url: string;
  readonly height: number;
  readonly width: number;
  readonly runs: number;
}

export interface RleTimes {
  /** Medians, in ms: from pixels to the compressed string with area and box, and from the string to pixels. */
  readonly encode_ms: number;
  readonly decode_ms: number;
  /** The compressed string, to be compared with that of pycocotools. */
  readonly counts: string;
  /** Whether the decoded pixels are those that were encoded. */
  readonly is_same: boolean;
}

export type RleReply = RleTimes | { readonly error: string };

/** Runs that do not count: the code is compiled meanwhile. */
const WARM_UP = 4;

const scope = self as unknown as DedicatedWorkerGlobalScope;

scope.onmessage = async ({ data: request }: MessageEvent<RleRequest>) => {
  try {
    scope.postMessage((await measure(request)) satisfies RleReply);
  } catch (error) {
    scope.postMessage({ error: String(error) } satisfies RleReply);
  }
};

async function measure({ url, height, width, runs }: RleRequest): Promise<RleTimes> {
  const mask = { height, width, data: new Uint8Array(await fetchBytes(url)) };
  const { rle } = encodeMask(mask);
  // Decoded again and again into the same memory, as whoever decodes large masks should: fresh pages cost 3 ms.
  const pixels = new Uint8Array(height * width);
  return {
    encode_ms: medianTime(runs, () => encodeMask(mask)),
    decode_ms: medianTime(runs, () => decodeRle(rle, pixels)),
    counts: rle.counts,
    is_same: decodeRle(rle).data.every((pixel, at) => pixel === mask.data[at]),
  };
}

function medianTime(runs: number, work: () => unknown): number {
  const times = Array.from({ length: WARM_UP + runs }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return median(times.slice(WARM_UP));
}
