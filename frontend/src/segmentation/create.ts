import { SegmentationClient } from "./client";
import type { SegmentationPort } from "./port";
import { type ForcedRuntime, hasGpuDevice } from "./runtimeChoice";
import { linkWorker, type MessageLink, WorkerLink } from "./workerLink";

export interface SegmentationSettings {
  /** Absolute. Of the segmenter that is probably needed first: it is loaded while the first image is on its way. */
  readonly manifestUrl: string;
  readonly forced?: ForcedRuntime | null;
}

/** The decoder in its own worker, as this browser can run it. */
export function createSegmentation({ manifestUrl, forced = null }: SegmentationSettings): SegmentationPort {
  return new SegmentationClient({
    manifestUrl,
    forced,
    createLink,
    surroundings: {
      isCrossOriginIsolated: crossOriginIsolated,
      hasSharedMemory: typeof SharedArrayBuffer !== "undefined",
      cores: navigator.hardwareConcurrency || 1,
      hasGpuDevice,
    },
    quietMs: 4000,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
}

/** A worker of its own, for who wants to speak to it without a client. */
export function openWorkerLink(onWaiting: (key: string) => void): WorkerLink {
  return new WorkerLink(createLink(), onWaiting);
}

function createLink(): MessageLink {
  return linkWorker(new Worker(new URL("./worker.ts", import.meta.url), { type: "module" }));
}
