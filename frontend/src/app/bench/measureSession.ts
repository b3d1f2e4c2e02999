import { openWorkerLink } from "../../segmentation/create";

const RUNS = 5;

/**
 * Time from making a worker to decoders that can run, in ms: the worker's script, the runtime, its WebAssembly, the
 * manifest, the graphs and their sessions. The first time all of it is loaded and compiled, which does not count.
 */
export async function measureSession(manifestUrl: string, threads: number): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run <= RUNS; run++) {
    const start = performance.now();
    const link = openWorkerLink(() => undefined);
    await link.request("start", { settings: { manifestUrl, runtime: "wasm", threads } });
    if (run > 0) times.push(performance.now() - start);
    link.dispose();
  }
  return times.sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN;
}
