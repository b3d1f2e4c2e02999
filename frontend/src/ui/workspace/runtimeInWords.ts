import type { DecoderStatus } from "../../editor";
import { t } from "../../words";

/** How masks are computed in this browser: "WebGPU", "WASM, 4 threads", t("WASM, single thread"). */
export function runtimeInWords({ runtime, threads }: Pick<DecoderStatus, "runtime" | "threads">): string {
  if (runtime === null) return t("Decoder loading");
  if (runtime === "webgpu") return "WebGPU";
  return threads > 1 ? t("WASM, {threads} threads", { threads }) : t("WASM, single thread");
}
