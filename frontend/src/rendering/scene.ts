import type { Annotation } from "../document";
import type { ImageBox, SizeHw, Viewport } from "../geometry";
import type { LowResLogits } from "../masks";
import type { Display, PromptPoint, ToolDraft } from "../session";
import type { ImagePixels } from "./image/imagePixels";

/** All that is drawn, immutable: parts that are the same objects as before need not be drawn again. */
export interface Scene {
  readonly canvasHw: SizeHw;
  readonly imageHw: SizeHw;
  readonly pixels: ImagePixels | null;
  readonly viewport: Viewport;

  /** In drawing order. */
  readonly annotations: ReadonlyMap<string, Annotation>;
  readonly display: Display;
  /** "#rrggbb" by category id. */
  readonly colorOfCategory: ReadonlyMap<number, string>;
  /** The annotation that tools edit. */
  readonly selectedId: string | null;
  /** All that is selected, that one among them. */
  readonly selectedIds: ReadonlySet<string>;
  readonly highlightedId: string | null;

  readonly candidate: LowResLogits | null;
  /** A preview before the click is drawn more lightly than a candidate after it. */
  readonly isPreview: boolean;
  readonly candidateColor: string;
  readonly points: readonly PromptPoint[];
  /** The box of the prompt, or the one that is being drawn. */
  readonly box: ImageBox | null;
  /** Boxes that wait for their turn. */
  readonly queuedBoxes: readonly ImageBox[];
  /** What the gesture under way has drawn. */
  readonly draft: ToolDraft | null;
  /** Of the annotation that it would change or make. */
  readonly draftColor: string;
}
