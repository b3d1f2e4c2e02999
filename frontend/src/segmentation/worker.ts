/// <reference lib="webworker" />
import { reportOf, SegmentationError } from "./errors";
import { startWasm, startWebGpu } from "./ortRuntime";
import type { WorkerReply, WorkerRequest, WorkerResults } from "./protocol";
import { WORKER_TOOLS, WorkerCore } from "./workerCore";

/** The worker's entry: messages in, replies out; `WorkerCore` does the work. */
const scope = self as unknown as DedicatedWorkerGlobalScope;

const core = new WorkerCore({
  ...WORKER_TOOLS,
  startRuntime: ({ runtime, threads }) => (runtime === "webgpu" ? startWebGpu() : startWasm(threads)),
  onWaiting: (key) => reply({ type: "embedding_waiting", key }),
});

scope.onmessage = async ({ data: request }: MessageEvent<WorkerRequest>) => {
  try {
    const result = await core.handle(request);
    reply({ type: "result", id: request.id, result }, buffersOf(result));
  } catch (error) {
    // What has a sentence of its own is told to the person who asked, or harms nobody: a comparison that was cut short.
    if (error instanceof SegmentationError) console.warn(error);
    else console.error(error);
    reply({ type: "error", id: request.id, error: reportOf(error) });
  }
};

function reply(message: WorkerReply, transfer: Transferable[] = []): void {
  scope.postMessage(message, transfer);
}

/** Logits are moved, not copied. */
function buffersOf(result: WorkerResults[keyof WorkerResults]): Transferable[] {
  if (!result || !("candidates" in result)) return [];
  return result.candidates.map(({ lowResLogits }) => lowResLogits.data.buffer as ArrayBuffer);
}
