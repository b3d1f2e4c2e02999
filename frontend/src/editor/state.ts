import { type Annotation, type AnnotationDocument, EMPTY_DOCUMENT, type OverlapPolicy } from "../document";
import type { ImageBox, ModelResize, ScreenPoint, SizeHw } from "../geometry";
import type { ImagePixels } from "../rendering";
import type { OpenedEmbedding } from "../segmentation";
import { EMPTY_HISTORY, type History, INITIAL_SESSION, NEUTRAL_TONE, type Session, type Tone } from "../session";
import { t } from "../words";
import { type CommentingState, NO_COMMENTING } from "./commentingState";
import type { ChosenShortcuts } from "./keymap";
import type { Category, ImageDetails, Neighbours, SyncConflict, SyncStatus } from "./ports";
import type { DecoderStatus, EmbeddingState, ImageState } from "./snapshot";

export interface LoadedEmbedding {
  readonly resize: ModelResize;
  readonly segmenter: string;
  readonly checkpointSha256: string;
  readonly closerLook: OpenedEmbedding["closerLook"];
}

/** Everything the editor knows. Immutable; `Store` replaces it. */
export interface EditorState {
  /** CSS pixels; [0, 0] until the canvas is there. */
  readonly canvasHw: SizeHw;
  readonly image: ImageDetails | null;
  readonly imageState: ImageState;
  readonly neighbours: Neighbours | null;
  readonly pixels: ImagePixels | null;
  /** The values, 0 to 1 of the image's range, that `pixels` shows black and white. */
  readonly pixelWindow: Tone["window"];
  readonly embeddingState: EmbeddingState;
  /** How the open image was resized for the encoder, and by which segmenter; null until its embedding is there. */
  readonly embedding: LoadedEmbedding | null;
  readonly problem: string | null;
  readonly categories: readonly Category[];
  /** The project's rule for masks that overlap. */
  readonly overlapPolicy: OverlapPolicy;
  readonly decoder: DecoderStatus;

  readonly document: AnnotationDocument;
  readonly history: History;
  readonly session: Session;
  /** Boxes that wait until the mask of the one before is there. */
  readonly queuedBoxes: readonly ImageBox[];
  /** The name of the tool's state, "idle" between gestures; "ready_to_pan" while space is held, "pinching" with two fingers. */
  readonly gesture: string;
  /** Enter would end what the tool has begun. */
  readonly canConfirm: boolean;
  readonly isDecoding: boolean;
  /** Whether parts of images get embeddings of their own: of large ones what is seen, of all what is corrected. */
  readonly usesRegions: boolean;
  /** The part that has one now: prompts on it are answered from there. */
  readonly region: ImageBox | null;
  /** The surroundings of the object that is being corrected, from when they have one: see `CloserLook`. */
  readonly closerPart: ImageBox | null;
  /** The whole image is shown, and stays so when the canvas changes its size. */
  readonly isFitted: boolean;

  readonly commenting: CommentingState;
  readonly sync: SyncStatus;
  readonly conflicts: readonly SyncConflict[];
  readonly chosenShortcuts: ChosenShortcuts;
  /** Masks that can be pasted, here or on another image of the project. */
  readonly copied: readonly Annotation[];
  /** Where arrow keys have moved the pointer; null while the keyboard is not on the canvas. */
  readonly keyboardPointer: ScreenPoint | null;
}

export const INITIAL_STATE: EditorState = {
  canvasHw: [0, 0],
  image: null,
  imageState: "none",
  neighbours: null,
  pixels: null,
  pixelWindow: NEUTRAL_TONE.window,
  embeddingState: "none",
  embedding: null,
  problem: null,
  categories: [],
  overlapPolicy: "free",
  decoder: { runtime: null, threads: 0, reason: t("starting"), lastDecodeMs: null, lastPaintedMs: null },
  document: EMPTY_DOCUMENT,
  history: EMPTY_HISTORY,
  session: INITIAL_SESSION,
  queuedBoxes: [],
  gesture: "idle",
  canConfirm: false,
  isDecoding: false,
  usesRegions: true,
  region: null,
  closerPart: null,
  isFitted: true,
  commenting: NO_COMMENTING,
  sync: { state: "saved", pending: 0, message: null },
  conflicts: [],
  chosenShortcuts: {},
  copied: [],
  keyboardPointer: null,
};

export function imageHwOf(image: ImageDetails): SizeHw {
  return [image.height, image.width];
}
