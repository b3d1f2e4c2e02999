import type { InferenceSession, Tensor } from "onnxruntime-web";
import wasmModuleUrl from "onnxruntime-web/ort-wasm-simd-threaded.mjs?url";
import wasmUrl from "onnxruntime-web/ort-wasm-simd-threaded.wasm?url";
import type { FloatTensor } from "./embeddingFile";
import { SegmentationError } from "./errors";

/** ONNX Runtime warns of every shape that it computes on the CPU, where shapes belong. */
const ERRORS_ONLY = 3;

/** The only file that knows ONNX Runtime. */
type Ort = typeof import("onnxruntime-web/wasm");

export interface Graph {
  run(feeds: Record<string, FloatTensor>): Promise<Map<string, FloatTensor>>;
}

export interface OrtRuntime {
  load(model: ArrayBuffer): Promise<Graph>;
}

/**
 * WASM with `threads` threads. Its two files come from our own build: a page that is cross-origin isolated could not
 * load them from elsewhere. The number of threads is fixed for the life of a worker.
 */
export async function startWasm(threads: number): Promise<OrtRuntime> {
  const ort = await import("onnxruntime-web/wasm");
  ort.env.wasm.wasmPaths = { wasm: wasmUrl, mjs: wasmModuleUrl };
  ort.env.wasm.numThreads = threads;
  ort.env.wasm.proxy = false;
  return wrapOrt(ort, "wasm");
}

/** The WebGPU build is three times as large and is fetched only when it will be tried. */
export async function startWebGpu(): Promise<OrtRuntime> {
  const [ort, wasm, module] = await Promise.all([
    import("onnxruntime-web/webgpu"),
    import("onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url"),
    import("onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url"),
  ]);
  ort.env.wasm.wasmPaths = { wasm: wasm.default, mjs: module.default };
  ort.env.wasm.numThreads = 1;
  return wrapOrt(ort as unknown as Ort, "webgpu");
}

/** Any build of ONNX Runtime Web. */
export function wrapOrt(ort: Ort, provider: "wasm" | "webgpu"): OrtRuntime {
  return new LoadedOrt(ort, provider);
}

class LoadedOrt implements OrtRuntime {
  constructor(
    private readonly ort: Ort,
    private readonly provider: "wasm" | "webgpu",
  ) {}

  async load(model: ArrayBuffer): Promise<Graph> {
    try {
      const session = await this.ort.InferenceSession.create(model, {
        executionProviders: [this.provider],
        graphOptimizationLevel: "all",
        logSeverityLevel: ERRORS_ONLY,
      });
      return new LoadedGraph(this.ort, session);
    } catch (error) {
      throw new SegmentationError(
        "decoder_unavailable",
        "The mask decoder could not be started in this browser. Update the browser, or try another one.",
        { cause: error },
      );
    }
  }
}

class LoadedGraph implements Graph {
  constructor(
    private readonly ort: Ort,
    private readonly session: InferenceSession,
  ) {}

  async run(feeds: Record<string, FloatTensor>): Promise<Map<string, FloatTensor>> {
    const tensors: Record<string, Tensor> = {};
    for (const [name, { data, dims }] of Object.entries(feeds)) {
      tensors[name] = new this.ort.Tensor("float32", data, dims);
    }
    const outputs = await this.session.run(tensors);
    return new Map(Object.entries(outputs).map(([name, tensor]) => [name, toFloatTensor(tensor)]));
  }
}

function toFloatTensor(tensor: Tensor): FloatTensor {
  return { dims: tensor.dims, data: tensor.data as Float32Array<ArrayBuffer> };
}
