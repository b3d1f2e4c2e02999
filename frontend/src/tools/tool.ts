import type { ImageBox, ImagePoint, ScreenPoint } from "../geometry";
import type { PointLabel } from "../session";

export interface PointerInput {
  readonly screen: ScreenPoint;
  readonly image: ImagePoint;
  readonly isInsideImage: boolean;
  readonly button: "left" | "middle" | "right";
  readonly alt: boolean;
  /** The space bar is held: every tool pans then. */
  readonly space: boolean;
}

/** What a tool may ask of the editor. */
export interface ToolHost {
  /** The mask that a click here would give; null: the pointer points at nothing. */
  preview(point: ImagePoint | null): void;
  addPoint(point: ImagePoint, label: PointLabel): void;
  /** The point turned out to be the start of a drag: as if it had never been. */
  takeBackPoint(): void;
  draftBox(box: ImageBox | null): void;
  placeBox(box: ImageBox): void;
  panBy(dx: number, dy: number): void;
  selectAt(point: ImagePoint): void;
  highlightAt(point: ImagePoint | null): void;
  clampToImage(point: ImagePoint): ImagePoint;
}

/** A state says what each input does and which state comes next. States are not changed, they are replaced. */
export interface ToolState {
  readonly name: string;
  pointerDown(input: PointerInput): ToolState;
  pointerMove(input: PointerInput): ToolState;
  pointerUp(input: PointerInput): ToolState;
  /** The pointer left the canvas. */
  pointerLeave(): ToolState;
  /** Escape, or something that makes the gesture meaningless. */
  cancel(): ToolState;
}

/** Less than this is a trembling hand, more is a drag. In CSS pixels. */
export const DRAG_THRESHOLD_PX = 5;
