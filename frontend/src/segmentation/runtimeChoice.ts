import { t } from "../words";
import type { RuntimeReport } from "./port";

/** What the browser has to offer. */
export interface Surroundings {
  readonly isCrossOriginIsolated: boolean;
  /** `SharedArrayBuffer`, without which there are no threads. WebKit may lack it on an isolated page too. */
  readonly hasSharedMemory: boolean;
  /** Logical cores. */
  readonly cores: number;
  /** Whether a real WebGPU adapter gives a device; takes a while to find out. */
  hasGpuDevice(): Promise<boolean>;
}

/** What the address asks for: `?runtime=webgpu`, `wasm`, or `wasm` with a number of threads, as in `wasm1`. */
export type ForcedRuntime = "webgpu" | "wasm" | `wasm${1 | 2 | 3 | 4}`;

/** More threads than this do not make a decode faster. */
const MAX_THREADS = 4;
/** Threads that take all cores wait for each other whenever anything else runs: one busy core doubles the time. */
const FEW_CORES = 2;

export function parseForcedRuntime(value: string | null): ForcedRuntime | null {
  return value !== null && /^(webgpu|wasm[1-4]?)$/.test(value) ? (value as ForcedRuntime) : null;
}

/** What to start with, so that the first click need not wait for measurements. */
export function firstChoice(surroundings: Surroundings, forced: ForcedRuntime | null): RuntimeReport {
  const asked = t("asked for in the address");
  if (forced === "webgpu") return { runtime: "webgpu", threads: 1, reason: asked };
  const obstacle = whyNoThreads(surroundings);
  if (obstacle !== null) return { runtime: "wasm", threads: 1, reason: obstacle };
  const threads = Math.min(Math.max(surroundings.cores, 1), MAX_THREADS);
  if (forced) return { runtime: "wasm", threads: Number(forced.slice(4)) || threads, reason: asked };
  if (surroundings.cores <= FEW_CORES) {
    return {
      runtime: "wasm",
      threads: 1,
      reason: t("one of {cores} cores, so that others do not hold it up", { cores: surroundings.cores }),
    };
  }
  return { runtime: "wasm", threads, reason: t("{cores} cores", { cores: surroundings.cores }) };
}

function whyNoThreads({ isCrossOriginIsolated, hasSharedMemory }: Surroundings): string | null {
  if (!isCrossOriginIsolated) {
    return t(
      "the page is not cross-origin isolated, so the browser allows no threads; serve it over https or localhost",
    );
  }
  return hasSharedMemory ? null : t("this browser has no memory that threads could share");
}

/** What may turn out faster, and is measured once the first image is open: a GPU, and all of few cores. */
export async function contenders(surroundings: Surroundings, forced: ForcedRuntime | null): Promise<RuntimeReport[]> {
  if (forced) return [];
  const rivals: RuntimeReport[] = [];
  if (await surroundings.hasGpuDevice())
    rivals.push({ runtime: "webgpu", threads: 1, reason: t("measured to be faster") });
  const { cores } = surroundings;
  if (whyNoThreads(surroundings) === null && cores > 1 && cores <= FEW_CORES) {
    rivals.push({ runtime: "wasm", threads: cores, reason: t("measured to be faster than one thread") });
  }
  return rivals;
}

/** A change must pay: timings vary from run to run. */
const WORTH_CHANGING = 0.85;

export function isWorthChanging(currentMs: number, rivalMs: number): boolean {
  return rivalMs < currentMs * WORTH_CHANGING;
}

/** Asks for a device, because an adapter alone, or `navigator.gpu`, promises nothing. */
export async function hasGpuDevice(): Promise<boolean> {
  const gpu = (navigator as { gpu?: GpuLike }).gpu;
  try {
    const adapter = await gpu?.requestAdapter({ powerPreference: "high-performance" });
    if (!adapter || adapter.info?.isFallbackAdapter) return false;
    const device = await adapter.requestDevice();
    device.destroy();
    return true;
  } catch {
    // No driver, a blocked one, or a lost device: WASM does the work.
    return false;
  }
}

interface GpuLike {
  requestAdapter(options: { powerPreference: string }): Promise<{
    info?: { isFallbackAdapter?: boolean };
    requestDevice(): Promise<{ destroy(): void }>;
  } | null>;
}
