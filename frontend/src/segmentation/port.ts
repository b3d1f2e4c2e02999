import type { SizeHw } from "../geometry";
import type { Candidate, Prompt } from "../session";

/** An image embedding on the server. */
export interface EmbeddingRef {
  /** Content key: the same pixels, segmenter, checkpoint and codec give the same key. */
  readonly key: string;
  readonly url: string;
}

export interface OpenedEmbedding {
  /** Size of the image that the encoder saw. */
  readonly inputHw: SizeHw;
}

export interface RuntimeReport {
  readonly runtime: "webgpu" | "wasm";
  readonly threads: number;
  /** Why this one was chosen, for the status bar. */
  readonly reason: string;
}

export interface DecodeAnswer {
  /** Best predicted IoU first. */
  readonly candidates: readonly Candidate[];
  /** Time of the run inside the worker, in ms. */
  readonly decodeMs: number;
}

/** A click must be answered; a hover is worth answering only while no later hover has come. */
export type Urgency = "click" | "hover";

export type SegmentationEvent =
  | { readonly type: "runtime"; readonly report: RuntimeReport }
  /** The server is still computing this embedding. */
  | { readonly type: "embedding_waiting"; readonly key: string };

/** Prompts in, candidate masks out. The editor knows only this; the worker is behind it. */
export interface SegmentationPort {
  /** Fetches the embedding and prepares all that depends on the image alone. Resolves when clicks can be answered. */
  open(embedding: EmbeddingRef): Promise<OpenedEmbedding>;
  /** Fetches these embeddings when nothing more urgent is to be done. Failures are silent: `open` will tell. */
  prefetch(embeddings: readonly EmbeddingRef[]): void;
  /** Null when a later hover made this one worthless. Clicks always get their answer. */
  decode(key: string, prompt: Prompt, urgency: Urgency): Promise<DecodeAnswer | null>;
  /** The segmenter's name and checkpoint, for the provenance of masks; null before the first `open` resolved. */
  identity(): { readonly segmenter: string; readonly checkpointSha256: string } | null;
  subscribe(listener: (event: SegmentationEvent) => void): () => void;
  dispose(): void;
}
