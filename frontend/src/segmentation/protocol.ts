import type { LowResLogits } from "../masks";
import type { Candidate } from "../session";
import type { Language } from "../words";
import type { ErrorReport } from "./errors";
import type { EmbeddingRef, OpenedEmbedding, Urgency } from "./port";

/** What the page asks of the worker. Every request carries an id, and gets exactly one reply with it. */
export type WorkerRequest =
  | { readonly type: "start"; readonly id: number; readonly settings: WorkerSettings }
  | { readonly type: "open"; readonly id: number; readonly embedding: EmbeddingRef }
  | { readonly type: "prefetch"; readonly id: number; readonly embeddings: readonly EmbeddingRef[] }
  | { readonly type: "decode"; readonly id: number; readonly prompt: WirePrompt; readonly urgency: Urgency }
  | { readonly type: "measure"; readonly id: number; readonly key: string };

export interface WorkerSettings {
  /** The segmenter that is probably needed first. Absolute, since a worker has its own base address. */
  readonly manifestUrl: string;
  readonly runtime: "webgpu" | "wasm";
  readonly threads: number;
  /** Of the worker's error messages: it cannot see what the user chose. */
  readonly language: Language;
}

/** A prompt as it crosses the boundary: plain data. */
export interface WirePrompt {
  readonly key: string;
  /** (n, 2) image points, x before y. */
  readonly pointsXy: readonly (readonly [number, number])[];
  /** 1 foreground, 0 background. */
  readonly labels: readonly number[];
  readonly boxXyxy: readonly [number, number, number, number] | null;
  readonly previousLogits: LowResLogits | null;
}

export interface DecodeReply {
  readonly candidates: readonly Candidate[];
  readonly isComplete: boolean;
  readonly decodeMs: number;
}

/** The result of each kind of request. */
export interface WorkerResults {
  start: null;
  open: OpenedEmbedding;
  prefetch: null;
  /** Null: superseded by a later request. */
  decode: DecodeReply | null;
  /** Median time of a decode, in ms. */
  measure: { readonly medianMs: number };
}

export type WorkerReply =
  | { readonly type: "result"; readonly id: number; readonly result: WorkerResults[keyof WorkerResults] }
  | { readonly type: "error"; readonly id: number; readonly error: ErrorReport }
  | { readonly type: "embedding_waiting"; readonly key: string };
