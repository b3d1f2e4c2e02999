/// <reference lib="webworker" />

import { Decoder } from "../../segmentation/decoder";
import { fetchBytes } from "../../segmentation/fetching";
import { startWasm } from "../../segmentation/ortRuntime";

export interface SessionRequest {
  readonly manifestUrl: string;
  readonly threads: number;
}

export type SessionReply = { readonly ms: number } | { readonly error: string };

/** Makes the product's decoder twice in a runtime: the first time starts the runtime and reads the files. */
const scope = self as unknown as DedicatedWorkerGlobalScope;

scope.onmessage = async ({ data: { manifestUrl, threads } }: MessageEvent<SessionRequest>) => {
  try {
    const runtime = await startWasm(threads);
    const files = new Map<string, ArrayBuffer>();
    const remember = async (url: string): Promise<ArrayBuffer> => {
      const bytes = files.get(url) ?? (await fetchBytes(url));
      files.set(url, bytes);
      return bytes;
    };
    await Decoder.load(manifestUrl, Promise.resolve(runtime), remember);
    const start = performance.now();
    await Decoder.load(manifestUrl, Promise.resolve(runtime), remember);
    reply({ ms: performance.now() - start });
  } catch (error) {
    reply({ error: String(error) });
  }
};

function reply(message: SessionReply): void {
  scope.postMessage(message);
}
