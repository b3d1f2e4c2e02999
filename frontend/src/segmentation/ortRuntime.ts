import type { InferenceSession, Tensor } from "onnxruntime-web";
import wasmModuleUrl from "onnxruntime-web/ort-wasm-simd-threaded.mjs?url";
import wasmUrl from "onnxruntime-web/ort-wasm-simd-threaded.wasm?url";
import { t } from "../words";
import { SegmentationError } from "./errors";
import type { FloatTensor, InputTensor, KeptTensor } from "./tensors";

/** ONNX Runtime warns of every shape that it computes on the CPU, where shapes belong. */
const ERRORS_ONLY = 3;

/** The only file that knows ONNX Runtime. */
type Ort = typeof import("onnxruntime-web/wasm");
type Provider = "wasm" | "webgpu";

/** The smallest graph there is, Identity of one number: ONNX Runtime starts with its first session, and not before. */
const IDENTITY_GRAPH = "CAg6NwoQCgF4EgF5IghJZGVudGl0eRIBZ1oPCgF4EgoKCAgBEgQKAggBYg8KAXkSCgoICAESBAoCCAFCBAoAEBE=";

export interface Graph {
  run(feeds: Record<string, InputTensor>): Promise<Map<string, FloatTensor>>;
  /** The outputs stay with the runtime, for the inputs of other graphs. */
  runAndKeep(feeds: Record<string, InputTensor>): Promise<Map<string, KeptTensor>>;
}

export interface OrtRuntime {
  /** `keepsOutputs`: the graph will be run with `runAndKeep`. */
  load(model: ArrayBuffer, options?: { keepsOutputs?: boolean }): Promise<Graph>;
  keep(tensor: FloatTensor): KeptTensor;
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
  const runtime = new LoadedOrt(ort, "wasm");
  // Its WebAssembly is loaded and compiled while the graphs are still on their way.
  runtime.startEarly();
  return runtime;
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
export function wrapOrt(ort: Ort, provider: Provider): OrtRuntime {
  return new LoadedOrt(ort, provider);
}

/** One thing at a time: the WebGPU build cannot be entered again while it waits for the GPU. */
type Exclusively = <T>(work: () => Promise<T>) => Promise<T>;

function oneAtATime(): Exclusively {
  let tail: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = tail.then(work);
    tail = result.catch(() => undefined);
    return result;
  };
}

class LoadedOrt implements OrtRuntime {
  private readonly exclusively = oneAtATime();

  constructor(
    private readonly ort: Ort,
    private readonly provider: Provider,
  ) {}

  async load(model: ArrayBuffer, { keepsOutputs = false } = {}): Promise<Graph> {
    const options: InferenceSession.SessionOptions = {
      executionProviders: [this.provider],
      graphOptimizationLevel: "all",
      logSeverityLevel: ERRORS_ONLY,
      ...(keepsOutputs && this.provider === "webgpu" && { preferredOutputLocation: "gpu-buffer" }),
    };
    try {
      const session = await this.exclusively(() => this.ort.InferenceSession.create(model, options));
      return new LoadedGraph(this.ort, session, this.exclusively);
    } catch (error) {
      throw new SegmentationError(
        "decoder_unavailable",
        t("The mask decoder could not be started in this browser. Update the browser, or try another one."),
        { cause: error },
      );
    }
  }

  /** Whatever goes wrong will be told by the graphs that are needed. */
  startEarly(): void {
    const model = Uint8Array.from(atob(IDENTITY_GRAPH), (character) => character.charCodeAt(0));
    this.exclusively(async () => (await this.ort.InferenceSession.create(model)).release()).catch(() => undefined);
  }

  keep({ data, dims }: FloatTensor): KeptTensor {
    return new KeptOrtTensor(new this.ort.Tensor("float32", data, dims));
  }
}

/** In JavaScript's memory with WASM, on the GPU with WebGPU. */
class KeptOrtTensor implements KeptTensor {
  readonly byteLength: number;

  constructor(readonly tensor: Tensor) {
    this.byteLength = tensor.size * Float32Array.BYTES_PER_ELEMENT;
  }

  dispose(): void {
    this.tensor.dispose();
  }
}

class LoadedGraph implements Graph {
  constructor(
    private readonly ort: Ort,
    private readonly session: InferenceSession,
    private readonly exclusively: Exclusively,
  ) {}

  async run(feeds: Record<string, InputTensor>): Promise<Map<string, FloatTensor>> {
    return new Map((await this.outputsFor(feeds)).map(([name, tensor]) => [name, toFloatTensor(tensor)]));
  }

  async runAndKeep(feeds: Record<string, InputTensor>): Promise<Map<string, KeptTensor>> {
    return new Map((await this.outputsFor(feeds)).map(([name, tensor]) => [name, new KeptOrtTensor(tensor)]));
  }

  private async outputsFor(feeds: Record<string, InputTensor>): Promise<[string, Tensor][]> {
    return Object.entries(await this.exclusively(() => this.session.run(this.tensorsOf(feeds))));
  }

  private tensorsOf(feeds: Record<string, InputTensor>): Record<string, Tensor> {
    return Object.fromEntries(Object.entries(feeds).map(([name, input]) => [name, this.tensorOf(input)]));
  }

  private tensorOf(input: InputTensor): Tensor {
    if (input instanceof KeptOrtTensor) return input.tensor;
    if (!("data" in input)) throw new TypeError("this tensor is kept by another runtime");
    const { data, dims } = input;
    return data instanceof Int32Array
      ? new this.ort.Tensor("int32", data, dims)
      : new this.ort.Tensor("float32", data, dims);
  }
}

function toFloatTensor(tensor: Tensor): FloatTensor {
  return { dims: tensor.dims, data: tensor.data as Float32Array<ArrayBuffer> };
}
