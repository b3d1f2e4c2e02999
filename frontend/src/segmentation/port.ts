import type { SizeHw } from "../geometry";
import type { LogitsGrid } from "../masks";
import type { Candidate, Prompt } from "../session";
import type { CloserLook } from "./manifest";

/** An image embedding on the server. */
export interface EmbeddingRef {
  /** Content key: the same pixels, segmenter, checkpoint and codec give the same key. */
  readonly key: string;
  readonly url: string;
  /** Absolute, of the segmenter that made it: /api/v1/segmenters/NAME/manifest/. */
  readonly manifestUrl: string;
}

export interface OpenedEmbedding {
  /** Size of the image in model points. */
  readonly inputHw: SizeHw;
  /** The segmenter and checkpoint that made the embedding and decode it, for the provenance of masks. */
  readonly segmenter: string;
  readonly checkpointSha256: string;
  /** Where the logits of an answer lie, of a segmenter that looks closer; null: it does not. */
  readonly closerLook: (CloserLook & { readonly grid: LogitsGrid }) | null;
}

export interface RuntimeReport {
  readonly runtime: "webgpu" | "wasm";
  readonly threads: number;
  /** Why this one was chosen, for the status bar. */
  readonly reason: string;
}

export interface DecodeAnswer {
  /** Best first. */
  readonly candidates: readonly Candidate[];
  /** False: there are more, for who asks with the urgency "candidates". */
  readonly isComplete: boolean;
  /** Time of the run inside the worker, in ms. */
  readonly decodeMs: number;
}

/**
 * "click": must be answered, with the best mask; "candidates": all masks of a prompt whose best one is there already,
 * worthless once another prompt came; "hover": the best mask, worthless once the pointer has moved on.
 */
export type Urgency = "click" | "candidates" | "hover";

export type SegmentationEvent =
  | { readonly type: "runtime"; readonly report: RuntimeReport }
  /** The server is still computing this embedding. */
  | { readonly type: "embedding_waiting"; readonly key: string };

/** "beside": an embedding of a part of the image that stays open. */
export type Beside = "beside";

/** Prompts in, candidate masks out. The editor knows only this; the worker is behind it. */
export interface SegmentationPort {
  /** Fetches the embedding and prepares all that depends on the image alone. Resolves when clicks can be answered. */
  open(embedding: EmbeddingRef, beside?: Beside): Promise<OpenedEmbedding>;
  /** Fetches these embeddings when nothing more urgent is to be done. Failures are silent: `open` will tell. */
  prefetch(embeddings: readonly EmbeddingRef[]): void;
  /** Null when a later request made this one worthless. Clicks always get their answer. */
  decode(key: string, prompt: Prompt, urgency: Urgency): Promise<DecodeAnswer | null>;
  subscribe(listener: (event: SegmentationEvent) => void): () => void;
  dispose(): void;
}
