import { SegmentationClient } from "./client";
import type { SegmentationPort } from "./port";
import { type ForcedRuntime, hasGpuDevice } from "./runtimeChoice";
import { linkWorker } from "./workerLink";

export interface SegmentationSettings {
  /** Where the decoder's manifest is served: /api/v1/segmenters/NAME/manifest/. */
  readonly manifestUrl: string;
  readonly forced?: ForcedRuntime | null;
}

/** The decoder in its own worker, as this browser can run it. */
export function createSegmentation({ manifestUrl, forced = null }: SegmentationSettings): SegmentationPort {
  return new SegmentationClient({
    manifestUrl: new URL(manifestUrl, location.href).href,
    forced,
    createLink: () => linkWorker(new Worker(new URL("./worker.ts", import.meta.url), { type: "module" })),
    surroundings: {
      isCrossOriginIsolated: crossOriginIsolated,
      cores: navigator.hardwareConcurrency || 1,
      hasGpuDevice,
    },
    quietMs: 4000,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
}
