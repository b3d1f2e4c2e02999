import { type LowResLogits, stabilityScore } from "../masks";
import type { Candidate } from "../session";
import type { FloatTensor, ImageEmbedding } from "./embeddingFile";
import { SegmentationError } from "./errors";
import { feedsFor, promptTensors } from "./feeds";
import { fetchBytes } from "./fetching";
import { type DecoderManifest, type GraphManifest, parseManifest } from "./manifest";
import type { Graph, OrtRuntime } from "./ortRuntime";
import type { WirePrompt } from "./protocol";

/** An image that prompts can be decoded on. */
export interface PreparedImage {
  readonly embedding: Pick<ImageEmbedding, "originalHw" | "inputHw">;
  /** What the decode and refine graphs take of the image: prefilled tensors and, where asked for, the embedding's. */
  readonly tensors: ReadonlyMap<string, FloatTensor>;
  readonly bytes: number;
}

interface NamedGraph {
  readonly manifest: GraphManifest;
  readonly graph: Graph;
}

/** The graphs of one segmenter: embeddings and prompts in, candidates out. It keeps nothing between calls. */
export class Decoder {
  private constructor(
    readonly manifest: DecoderManifest,
    private readonly prefill: NamedGraph | null,
    private readonly decodeGraph: NamedGraph,
    /** Made when it is first needed: the first click is not, and should not wait for it. */
    private readonly refine: (() => Promise<NamedGraph>) | null,
  ) {}

  static async load(manifestUrl: string, runtime: OrtRuntime, fetcher = fetchBytes): Promise<Decoder> {
    const manifest = parseManifest(JSON.parse(new TextDecoder().decode(await fetcher(manifestUrl))));
    const fetchGraph = (graph: GraphManifest): Promise<ArrayBuffer> => fetcher(new URL(graph.url, manifestUrl).href);
    const { prefill, decode, refine } = manifest.graphs;
    const [prefillModel, decodeModel] = await Promise.all([prefill && fetchGraph(prefill), fetchGraph(decode)]);
    // One after the other: the runtime initialises itself with the first session.
    const prefillGraph = prefill && prefillModel && { manifest: prefill, graph: await runtime.load(prefillModel) };
    const decodeGraph = { manifest: decode, graph: await runtime.load(decodeModel) };
    const loadRefine = async (graph: GraphManifest): Promise<NamedGraph> => ({
      manifest: graph,
      graph: await runtime.load(await fetchGraph(graph)),
    });
    return new Decoder(manifest, prefillGraph, decodeGraph, refine && once(() => loadRefine(refine)));
  }

  /** All that depends on the image alone, once per image. */
  async prepare(embedding: ImageEmbedding): Promise<PreparedImage> {
    if (embedding.checkpointSha256 !== this.manifest.checkpointSha256) throw otherCheckpoint();
    const prefilled = this.prefill ? await runGraph(this.prefill, [embedding.tensors]) : new Map<string, FloatTensor>();
    const tensors = new Map<string, FloatTensor>();
    for (const name of [...this.decodeGraph.manifest.inputs, ...(this.manifest.graphs.refine?.inputs ?? [])]) {
      const tensor = prefilled.get(name) ?? embedding.tensors.get(name);
      if (tensor) tensors.set(name, tensor);
    }
    const bytes = [...tensors.values()].reduce((sum, tensor) => sum + tensor.data.byteLength, 0);
    const { originalHw, inputHw } = embedding;
    return { embedding: { originalHw, inputHw }, tensors, bytes };
  }

  /** Candidates for a prompt, best predicted IoU first. Earlier logits need the refine graph. */
  async decode(image: PreparedImage, prompt: WirePrompt): Promise<Candidate[]> {
    const graph = prompt.previousLogits && this.refine ? await this.refine() : this.decodeGraph;
    const outputs = await runGraph(graph, [promptTensors(prompt, image.embedding), image.tensors]);
    return this.candidatesOf(outputs, image);
  }

  /** `low_res_logits` (1, M, h, w) and `predicted_iou` (1, M). */
  private candidatesOf(outputs: ReadonlyMap<string, FloatTensor>, image: PreparedImage): Candidate[] {
    const logits = outputs.get("low_res_logits");
    const predictedIou = outputs.get("predicted_iou");
    const [, count, height, width] = logits?.dims ?? [];
    if (!logits || !predictedIou || !count || !height || !width) throw strangeOutputs();
    const candidates = Array.from({ length: count }, (_, index) => {
      const data = logits.data.slice(index * height * width, (index + 1) * height * width);
      const lowResLogits = { height, width, data, ...this.placement(image) };
      return {
        lowResLogits,
        predictedIou: predictedIou.data[index] ?? 0,
        stabilityScore: stabilityScore(lowResLogits),
      };
    });
    return candidates.sort((a, b) => b.predictedIou - a.predictedIou);
  }

  private placement({ embedding }: PreparedImage): Pick<LowResLogits, "extentHw" | "threshold"> {
    const { maskStride, maskThreshold } = this.manifest;
    const [inputHeight, inputWidth] = embedding.inputHw;
    return { extentHw: [inputHeight / maskStride, inputWidth / maskStride], threshold: maskThreshold };
  }
}

/** The same promise each time; a failure is tried again. */
function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | null = null;
  return () => {
    loaded ??= load().catch((error: unknown) => {
      loaded = null;
      throw error;
    });
    return loaded;
  };
}

function runGraph(
  { manifest, graph }: NamedGraph,
  sources: readonly ReadonlyMap<string, FloatTensor>[],
): Promise<Map<string, FloatTensor>> {
  return graph.run(feedsFor(manifest.inputs, sources));
}

function otherCheckpoint(): SegmentationError {
  return new SegmentationError(
    "checkpoint_mismatch",
    "This image's embedding was made by another version of the segmenter. Reload the page.",
  );
}

function strangeOutputs(): SegmentationError {
  return new SegmentationError(
    "graph_mismatch",
    "The decoder did not answer with low_res_logits and predicted_iou. The server needs an update.",
  );
}
