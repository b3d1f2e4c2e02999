import type { SizeHw } from "../geometry";
import { type LogitsGrid, type LowResLogits, maskScores } from "../masks";
import type { Candidate } from "../session";
import { t } from "../words";
import type { ImageEmbedding } from "./embeddingFile";
import { SegmentationError } from "./errors";
import { feedsFor, promptTensors, validTensors, wantedTensors } from "./feeds";
import { fetchBytes } from "./fetching";
import { type DecoderManifest, type GraphManifest, parseManifest } from "./manifest";
import type { Graph, OrtRuntime } from "./ortRuntime";
import type { WirePrompt } from "./protocol";
import type { FloatTensor, KeptTensor } from "./tensors";

/** An image that prompts can be decoded on. */
export interface PreparedImage {
  readonly decoder: Decoder;
  readonly embedding: Pick<ImageEmbedding, "originalHw" | "inputHw">;
  /** What the decode and refine graphs take of the image: prefilled tensors and, where asked for, the embedding's. */
  readonly tensors: ReadonlyMap<string, KeptTensor>;
  readonly bytes: number;
  /** Gives the tensors back. Not while a decode runs on them. */
  dispose(): void;
}

/** How many of the candidates are asked for. A graph that cannot choose answers with all. */
export type Wanted = "best" | "all";

export interface Decoded {
  /** Best first. */
  readonly candidates: Candidate[];
  readonly isComplete: boolean;
}

interface NamedGraph {
  readonly manifest: GraphManifest;
  readonly graph: Graph;
}

type Fetcher = (url: string) => Promise<ArrayBuffer>;

/** The graphs of one segmenter: embeddings and prompts in, candidates out. It keeps nothing between calls. */
export class Decoder {
  private constructor(
    readonly manifest: DecoderManifest,
    private readonly runtime: OrtRuntime,
    private readonly prefill: NamedGraph | null,
    private readonly decodeGraph: NamedGraph,
    /** Made when it is first needed: the first click is not, and should not wait for it. */
    private readonly refine: (() => Promise<NamedGraph>) | null,
  ) {}

  /** Everything is fetched while the runtime still starts. */
  static async load(
    manifestUrl: string,
    runtime: Promise<OrtRuntime>,
    fetcher: Fetcher = fetchBytes,
  ): Promise<Decoder> {
    const manifest = parseManifest(JSON.parse(new TextDecoder().decode(await fetcher(manifestUrl))));
    const fetchGraph = (graph: GraphManifest): Promise<ArrayBuffer> => fetcher(new URL(graph.url, manifestUrl).href);
    const { prefill, decode, refine } = manifest.graphs;
    const [started, prefillModel, decodeModel] = await Promise.all([
      runtime,
      prefill && fetchGraph(prefill),
      fetchGraph(decode),
    ]);
    // One after the other: the runtime initialises itself with the first session.
    const prefillGraph = prefill &&
      prefillModel && { manifest: prefill, graph: await started.load(prefillModel, { keepsOutputs: true }) };
    const decodeGraph = { manifest: decode, graph: await started.load(decodeModel) };
    const loadRefine = async (graph: GraphManifest): Promise<NamedGraph> => ({
      manifest: graph,
      graph: await started.load(await fetchGraph(graph)),
    });
    return new Decoder(manifest, started, prefillGraph, decodeGraph, refine && once(() => loadRefine(refine)));
  }

  /** Whether the embedding is of this checkpoint. */
  fits(embedding: ImageEmbedding): boolean {
    return embedding.checkpointSha256 === this.manifest.checkpointSha256;
  }

  /** All that depends on the image alone, once per image. */
  async prepare(embedding: ImageEmbedding): Promise<PreparedImage> {
    const prefilled = this.prefill
      ? await this.prefill.graph.runAndKeep(feedsFor(this.prefill.manifest.inputs, [embedding.tensors]))
      : new Map<string, KeptTensor>();
    const tensors = this.collect(embedding, prefilled);
    const bytes = [...tensors.values()].reduce((sum, { byteLength }) => sum + byteLength, 0);
    const { originalHw, inputHw } = embedding;
    const dispose = (): void => {
      for (const tensor of tensors.values()) tensor.dispose();
    };
    return { decoder: this, embedding: { originalHw, inputHw }, tensors, bytes, dispose };
  }

  /** Candidates for a prompt. Earlier logits need the refine graph. */
  async decode(image: PreparedImage, prompt: WirePrompt, wanted: Wanted): Promise<Decoded> {
    const { manifest, graph } = prompt.previousLogits && this.refine ? await this.refine() : this.decodeGraph;
    const ranks = Array.from({ length: wanted === "best" ? 1 : this.manifest.candidates }, (_, rank) => rank);
    const { embedding, tensors } = image;
    const sources = [
      promptTensors(prompt, embedding, this.manifest.paddingPoint),
      validTensors(wanted === "best" ? this.placement(image).extentHw : null),
      wantedTensors(ranks),
      tensors,
    ];
    const outputs = await graph.run(feedsFor(manifest.inputs, sources));
    const candidates = this.candidatesOf(outputs, image);
    if (manifest.inputs.includes("wanted")) return { candidates, isComplete: wanted === "all" };
    // All of them, in the order of the graph's tokens.
    return { candidates: candidates.sort((a, b) => b.predictedIou - a.predictedIou), isComplete: true };
  }

  /** Where the logits of an image of this size lie; those of a segmenter that pads go on beyond it. */
  gridOf([inputHeight, inputWidth]: SizeHw): LogitsGrid {
    const { maskStride, maskThreshold } = this.manifest;
    const [height, width] = [inputHeight / maskStride, inputWidth / maskStride];
    return { height: Math.ceil(height), width: Math.ceil(width), extentHw: [height, width], threshold: maskThreshold };
  }

  /** Loads the graph for earlier logits, unless it is there or there is none. */
  async prepareToRefine(): Promise<void> {
    await this.refine?.();
  }

  /** What decode and refine take, each tensor once. */
  private collect(
    embedding: ImageEmbedding,
    prefilled: ReadonlyMap<string, KeptTensor>,
  ): ReadonlyMap<string, KeptTensor> {
    const tensors = new Map(prefilled);
    for (const name of [...this.decodeGraph.manifest.inputs, ...(this.manifest.graphs.refine?.inputs ?? [])]) {
      const tensor = embedding.tensors.get(name);
      if (tensor && !tensors.has(name)) tensors.set(name, this.runtime.keep(tensor));
    }
    return tensors;
  }

  /** `low_res_logits` (1, K, h, w) and `predicted_iou` (1, K). */
  private candidatesOf(outputs: ReadonlyMap<string, FloatTensor>, image: PreparedImage): Candidate[] {
    const logits = outputs.get("low_res_logits");
    const predictedIou = outputs.get("predicted_iou");
    const [, count, height, width] = logits?.dims ?? [];
    if (!logits || !predictedIou || !count || !height || !width) throw strangeOutputs();
    return Array.from({ length: count }, (_, index) => {
      const data = logits.data.slice(index * height * width, (index + 1) * height * width);
      const lowResLogits = { height, width, data, ...this.placement(image) };
      return { lowResLogits, predictedIou: predictedIou.data[index] ?? 0, ...maskScores(lowResLogits) };
    });
  }

  private placement({ embedding }: PreparedImage): Pick<LowResLogits, "extentHw" | "threshold"> {
    const { extentHw, threshold } = this.gridOf(embedding.inputHw);
    return { extentHw, threshold };
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

function strangeOutputs(): SegmentationError {
  return new SegmentationError(
    "graph_mismatch",
    t("The decoder did not answer with low_res_logits and predicted_iou. The server needs an update."),
  );
}
