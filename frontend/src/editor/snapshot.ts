import type { Annotation } from "../document";
import type { ScreenPoint } from "../geometry";
import type { Candidate, Display, History, PromptPoint, Tone, ToolId, ToolSettings } from "../session";
import type { ChosenShortcuts } from "./keymap";
import type { Category, ImageDetails, Neighbours, SyncConflict, SyncStatus } from "./ports";

export type ImageState = "none" | "loading" | "ready" | "failed";

/** waiting: the server still computes it; loading: on its way into the worker; ready: clicks are answered at once. */
export type EmbeddingState = "none" | "waiting" | "loading" | "ready" | "failed";

/** How masks are computed here, and why so: shown in the status bar. */
export interface DecoderStatus {
  readonly runtime: "webgpu" | "wasm" | null;
  /** 1 means no WASM threads. */
  readonly threads: number;
  readonly reason: string;
  /** Time of the last decode in the worker, in ms. */
  readonly lastDecodeMs: number | null;
  /** From the last click to its mask on the screen, in ms. */
  readonly lastPaintedMs: number | null;
}

/** All that the interface shows, immutable: a new object whenever something changed, the same one otherwise. */
export interface EditorSnapshot {
  readonly image: ImageDetails | null;
  readonly imageState: ImageState;
  /** What to tell the user when imageState or embeddingState is "failed". */
  readonly problem: string | null;
  readonly neighbours: Neighbours | null;
  readonly embeddingState: EmbeddingState;
  readonly decoder: DecoderStatus;

  readonly categories: readonly Category[];
  readonly currentCategoryId: number | null;
  /** In drawing order: the last one lies on top. */
  readonly annotations: readonly Annotation[];
  readonly selectedId: string | null;
  /** The selected one, and those that are selected with it. */
  readonly selectedIds: ReadonlySet<string>;
  readonly highlightedId: string | null;
  readonly display: Display;
  /** The values, 0 to 1 of the image's range, that its pixels show black and white: those of `display.tone`, or soon. */
  readonly pixelWindow: Tone["window"];

  readonly tool: ToolId;
  readonly toolSettings: ToolSettings;
  /** What the pointer is doing, for its shape. */
  readonly gesture: string;
  /** Enter would end what the tool has begun. */
  readonly canConfirm: boolean;
  readonly promptPoints: readonly PromptPoint[];
  readonly hasBox: boolean;
  /** The prompt makes the mask of an existing annotation better. */
  readonly isRefining: boolean;
  readonly candidates: readonly Candidate[];
  readonly chosenCandidate: number;
  /** The prompt's answer is not there yet. */
  readonly isDecoding: boolean;
  /** CSS pixels for one image pixel. */
  readonly zoom: number;

  readonly undoLabel: string | null;
  readonly redoLabel: string | null;
  readonly history: History;
  readonly chosenShortcuts: ChosenShortcuts;
  readonly keyboardPointer: ScreenPoint | null;
  readonly sync: SyncStatus;
  readonly conflicts: readonly SyncConflict[];
}
