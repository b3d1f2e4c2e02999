import type { ImageBox, ImagePoint } from "../geometry";
import type { BinaryMask, StrokePoint } from "../masks";
import type { PointLabel } from "./prompt";

/** Whether what is drawn becomes foreground or background. */
export type Paint = "add" | "erase";

/** What a gesture has drawn so far and has not become a step yet. It is drawn over everything and never saved. */
export type ToolDraft =
  /** The brush before it touches: its size at the pointer. */
  | { readonly kind: "cursor"; readonly at: StrokePoint; readonly paint: Paint }
  /** `points` grows in place while the draft is replaced: a stroke has thousands of them. */
  | { readonly kind: "stroke"; readonly points: readonly StrokePoint[]; readonly paint: Paint }
  | { readonly kind: "box"; readonly box: ImageBox }
  | { readonly kind: "scribble"; readonly points: readonly ImagePoint[]; readonly label: PointLabel }
  /** A prompt point on its way to another place. */
  | { readonly kind: "point"; readonly point: ImagePoint; readonly label: PointLabel; readonly replaces: number }
  | OutlineDraft
  | RegionDraft;

/** Pixels that would be added or erased. */
export interface RegionDraft {
  readonly kind: "region";
  readonly mask: BinaryMask;
  /** The image pixel of the mask's top left corner. */
  readonly left: number;
  readonly top: number;
  /** Image pixels for one pixel of the mask, across and down. */
  readonly step: readonly [across: number, down: number];
  readonly paint: Paint;
}

/** Lines that are being drawn, or the vertices of a mask. */
export interface OutlineDraft {
  readonly kind: "outline";
  readonly rings: readonly (readonly ImagePoint[])[];
  readonly isClosed: boolean;
  /** Points that can be taken hold of: those of the rings unless given. */
  readonly handles?: readonly ImagePoint[];
  /** The one under the pointer. */
  readonly activeHandle?: ImagePoint | null;
  /** Null: the line is that of a mask which is there already. */
  readonly paint: Paint | null;
}
