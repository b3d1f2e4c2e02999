/// <reference lib="webworker" />

import { parseEmbedding } from "../../segmentation/embeddingFile";
import { fetchBytes } from "../../segmentation/fetching";
import { startWasm } from "../../segmentation/ortRuntime";
import type { InputTensor } from "../../segmentation/tensors";
import type { BaselineReply, BaselineRequest } from "./baseline";

/** The graph that we compare with, in a worker and a runtime like our own. */
const scope = self as unknown as DedicatedWorkerGlobalScope;

let decode: ((x: number, y: number) => Promise<void>) | null = null;

scope.onmessage = async ({ data: request }: MessageEvent<BaselineRequest>) => {
  try {
    if (request.type === "load") decode = await load(request);
    const start = performance.now();
    if (request.type === "decode") await decode?.(request.x, request.y);
    reply({ ms: performance.now() - start });
  } catch (error) {
    reply({ error: String(error) });
  }
};

async function load({ baseline, embeddingUrl, threads }: Extract<BaselineRequest, { type: "load" }>) {
  const runtime = await startWasm(threads);
  const graph = await runtime.load(await fetchBytes(baseline.url));
  const embedding = parseEmbedding(await fetchBytes(embeddingUrl));
  const constants = baseline.constants.map(({ name, dims, values }): [string, InputTensor] => {
    const size = dims.reduce((product, dim) => product * dim, 1);
    const data = typeof values === "number" ? new Float32Array(size).fill(values) : Float32Array.from(values);
    return [name, { dims, data }];
  });
  const always = Object.fromEntries<InputTensor>([...embedding.tensors, ...constants]);
  return async (x: number, y: number): Promise<void> => {
    const coords = { dims: [1, 2, 2], data: Float32Array.of(x, y, 0, 0) };
    const labels = { dims: [1, 2], data: Float32Array.of(1, -1) };
    await graph.run({ ...always, point_coords: coords, point_labels: labels });
  };
}

function reply(message: BaselineReply): void {
  scope.postMessage(message);
}
