import type { ImageBox, ImagePoint, ScreenPoint } from "../geometry";
import type { EditablePolygon, StrokePoint } from "../masks";
import type { Paint, PointLabel, PromptPoint, RegionDraft, ToolDraft, ToolSettings } from "../session";

export interface PointerInput {
  readonly screen: ScreenPoint;
  readonly image: ImagePoint;
  readonly isInsideImage: boolean;
  readonly button: "left" | "middle" | "right";
  readonly alt: boolean;
  readonly shift: boolean;
  /** How hard a pen presses, 0 to 1; 1 for what has no pressure. */
  readonly pressure: number;
  /** The space bar is held: every tool pans then. */
  readonly space: boolean;
  /** Image pixels for one CSS pixel: distances on the screen times this are distances in the image. */
  readonly imagePerPixel: number;
}

/** What the prompt tool may ask of the editor. */
export interface PromptHost {
  /** The mask that a click here would give; null: the pointer points at nothing. */
  preview(point: ImagePoint | null): void;
  addPoint(point: ImagePoint, label: PointLabel): void;
  /** All of a scribble, as one step. */
  addPoints(points: readonly ImagePoint[], label: PointLabel): void;
  movePoint(index: number, to: ImagePoint): void;
  removePoint(index: number): void;
  points(): readonly PromptPoint[];
  /** Whether the point lies in the mask that the prompt has given so far. */
  isInShownMask(point: ImagePoint): boolean;
  /** The point turned out to be the start of a drag: as if it had never been. */
  takeBackPoint(): void;
  placeBox(box: ImageBox): void;
}

/** The pixels around a point that are of similar colour, for any tolerance. */
export interface GrowingRegion {
  /** What `paint` would take; null: the pixels have not come yet. */
  preview(tolerance: number, paint: Paint): RegionDraft | null;
  /** One step: they become foreground or background, as soon as the pixels have come. */
  paint(tolerance: number, paint: Paint): void;
}

/** What the tools that change masks by hand may ask of the editor. Each of these is one step, or none. */
export interface MaskHost {
  /** Whether there is something to erase from, or a category to draw with; tells the user what is missing. */
  isReadyFor(paint: Paint): boolean;
  stroke(points: readonly StrokePoint[], paint: Paint): void;
  /** The inside of the rings, even-odd. */
  shape(rings: readonly (readonly ImagePoint[])[], paint: Paint): void;
  /** A line across the selected mask cuts it. */
  splitAlong(line: readonly ImagePoint[]): void;
  /** The colours around a point; `onReady` is called when the pixels have come, unless they are there at once. */
  colourRegion(seed: ImagePoint, onReady: () => void): GrowingRegion;
  /** Lines from this point along the edges of the image, both ends included; straight while no pixels are there. */
  edgesFrom(point: ImagePoint): (to: ImagePoint) => readonly ImagePoint[];
  /** The selected mask as a polygon, with corners as close together as can be told apart on the screen. */
  polygon(imagePerPixel: number): EditablePolygon | null;
  replacePolygon(label: string, polygon: EditablePolygon): void;
}

/** What a tool may ask of the editor. */
export interface ToolHost {
  readonly prompt: PromptHost;
  readonly masks: MaskHost;
  /** Shows what the gesture has drawn so far; null: nothing. */
  draft(draft: ToolDraft | null): void;
  settings(): ToolSettings;
  changeSettings(patch: Partial<ToolSettings>): void;
  panBy(dx: number, dy: number): void;
  /** The topmost annotation there, or nothing; `adds`: in or out of what is selected already. */
  selectAt(point: ImagePoint, adds: boolean): void;
  highlightAt(point: ImagePoint | null): void;
  clampToImage(point: ImagePoint): ImagePoint;
}

/** A state says what each input does and which state comes next. States are not changed, they are replaced. */
export interface ToolState {
  /** "idle" where no gesture is under way. */
  readonly name: string;
  pointerDown(input: PointerInput): ToolState;
  pointerMove(input: PointerInput): ToolState;
  pointerUp(input: PointerInput): ToolState;
  /** The pointer left the canvas. */
  pointerLeave(): ToolState;
  /** Escape, a second finger, or something that makes the gesture meaningless: as if it had never begun. */
  cancel(): ToolState;
  /** Enter. Null: there is nothing to finish. */
  confirm: (() => ToolState) | null;
  /** Undo inside the gesture: its last part is taken back. Null: the whole gesture is. */
  stepBack: (() => ToolState) | null;
  /** Goes on with what was begun, after another tool was in the hand. Null: there is nothing to keep. */
  resume: (() => ToolState) | null;
}

/** A state that does what `on` says and otherwise stays as it is. */
export function toolState(name: string, on: Partial<Omit<ToolState, "name">>): ToolState {
  const state: ToolState = {
    name,
    pointerDown: () => state,
    pointerMove: () => state,
    pointerUp: () => state,
    pointerLeave: () => state,
    cancel: () => state,
    confirm: null,
    stepBack: null,
    resume: null,
    ...on,
  };
  return state;
}

/** Less than this is a trembling hand, more is a drag. In CSS pixels. */
export const DRAG_THRESHOLD_PX = 5;

/** So near to a point, in CSS pixels, the pointer takes hold of it. A finger hides what is smaller. */
export const GRAB_RADIUS_PX = 10;

/** Erasing is the other button, or Alt, of every tool that draws. */
export function paintOf({ button, alt }: Pick<PointerInput, "button" | "alt">, usual: Paint): Paint {
  if (button !== "right" && !alt) return usual;
  return usual === "add" ? "erase" : "add";
}

/** Of the tools that draw shapes: what their setting says. */
export function shapePaintOf(host: ToolHost, input: Pick<PointerInput, "button" | "alt">): Paint {
  return paintOf(input, host.settings().shapeMode === "subtract" ? "erase" : "add");
}
