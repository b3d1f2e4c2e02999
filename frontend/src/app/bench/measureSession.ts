import { openWorkerLink } from "../../segmentation/create";
import { median } from "./median";
import type { SessionReply, SessionRequest } from "./sessionWorker";

const RUNS = 5;

export interface SessionTimes {
  /** Median time to make the decoder's sessions from files that are there, in a runtime that has started; ms. */
  readonly session_ms: number;
  /**
   * Median time from making a worker to a decoder that can run, in ms: the worker's script, the runtime, its
   * WebAssembly, the manifest and the graphs out of the browser's cache, and their sessions.
   */
  readonly worker_ms: number;
}

/** The first time everything is loaded and compiled, which does not count. */
export async function measureSession(manifestUrl: string, threads: number): Promise<SessionTimes> {
  const settings = { manifestUrl, runtime: "wasm", threads, language: "en" } as const;
  return {
    session_ms: await medianOf(() => makeSessions({ manifestUrl, threads })),
    worker_ms: await medianOf(async () => {
      const start = performance.now();
      const link = openWorkerLink(() => undefined);
      await link.request("start", { settings });
      link.dispose();
      return performance.now() - start;
    }),
  };
}

function makeSessions(request: SessionRequest): Promise<number> {
  const worker = new Worker(new URL("./sessionWorker.ts", import.meta.url), { type: "module" });
  return new Promise<number>((resolve, reject) => {
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.onmessage = ({ data: reply }: MessageEvent<SessionReply>) => {
      if ("ms" in reply) resolve(reply.ms);
      else reject(new Error(reply.error));
    };
    worker.postMessage(request);
  }).finally(() => worker.terminate());
}

async function medianOf(measure: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run <= RUNS; run++) {
    const time = await measure();
    if (run > 0) times.push(time);
  }
  return median(times);
}
