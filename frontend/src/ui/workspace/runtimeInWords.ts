import type { DecoderStatus } from "../../editor";

/** How masks are computed in this browser: "WebGPU", "WASM, 4 threads", "WASM, single thread". */
export function runtimeInWords({ runtime, threads }: Pick<DecoderStatus, "runtime" | "threads">): string {
  if (runtime === null) return "Decoder loading";
  if (runtime === "webgpu") return "WebGPU";
  return threads > 1 ? `WASM, ${threads} threads` : "WASM, single thread";
}
