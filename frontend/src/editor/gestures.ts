import { clampToImage, type ImagePoint, isInsideImage, screenPoint, screenToImage } from "../geometry";
import type { ToolId } from "../session";
import { type PointerInput, type ToolHost, type ToolState, toolFor } from "../tools";
import type { AnnotationPicker } from "./picking";
import type { Prompting } from "./prompting";
import { imageHwOf } from "./state";
import type { Store } from "./store";
import type { View } from "./view";

/** What a pointer event says, in CSS pixels from the canvas's corner. */
export interface PointerEventLike {
  readonly x: number;
  readonly y: number;
  readonly button?: "left" | "middle" | "right";
  readonly alt?: boolean;
}

export interface WheelEventLike {
  readonly x: number;
  readonly y: number;
  /** In CSS pixels; positive is towards the user. */
  readonly deltaY: number;
  /** Ctrl or Cmd is held, or fingers pinch. */
  readonly zooms: boolean;
}

/** Pixels of wheel travel for one candidate: a notch of a mouse wheel, a short swipe on a touch pad. */
const CANDIDATE_TRAVEL_PX = 60;
const ZOOM_PER_PX = 1.0018;

/** Pointer and wheel, through the tools' state machines, to what the editor does. */
export class Gestures {
  private current: ToolState;
  private readonly host: ToolHost;
  private isSpaceHeld = false;
  private candidateTravel = 0;

  constructor(
    private readonly store: Store,
    private readonly view: View,
    private readonly prompting: Prompting,
    picker: AnnotationPicker,
  ) {
    this.host = {
      preview: (point) => prompting.preview(point),
      addPoint: (point, label) => prompting.addPoint(point, label),
      takeBackPoint: () => prompting.takeBackPoint(),
      draftBox: (boxDraft) => store.update({ boxDraft }),
      placeBox: (box) => prompting.placeBox(box),
      panBy: (dx, dy) => view.pan(dx, dy),
      selectAt: (point) => store.updateSession({ selection: picker.topmostAt(point) }),
      highlightAt: (point) => this.highlight(point && picker.topmostAt(point)),
      clampToImage: (point) => this.clamp(point),
    };
    this.current = toolFor("prompt", this.host);
  }

  private get state(): ToolState {
    return this.current;
  }

  private set state(next: ToolState) {
    this.current = next;
    this.publish();
  }

  changeTool(tool: ToolId): void {
    this.state.cancel();
    this.prompting.preview(null);
    this.state = toolFor(tool, this.host);
    this.store.updateSession({ tool, highlighted: null });
  }

  pointerDown(event: PointerEventLike): void {
    this.step(event, (input) => this.state.pointerDown(input));
  }

  pointerMove(event: PointerEventLike): void {
    this.step(event, (input) => this.state.pointerMove(input));
  }

  pointerUp(event: PointerEventLike): void {
    this.step(event, (input) => this.state.pointerUp(input));
  }

  pointerLeave(): void {
    this.state = this.state.pointerLeave();
  }

  holdSpace(isHeld: boolean): void {
    this.isSpaceHeld = isHeld;
    this.publish();
  }

  /** True when there was a gesture to cancel. */
  cancel(): boolean {
    const wasBusy = this.state.name !== "idle";
    this.state = this.state.cancel();
    return wasBusy;
  }

  /** With candidates to choose from the wheel chooses; with Ctrl, and always otherwise, it zooms to the pointer. */
  wheel(event: WheelEventLike): void {
    const hasChoice = (this.store.state.session.prompt.candidates?.all.length ?? 0) > 1;
    if (hasChoice && !event.zooms) this.chooseByWheel(event.deltaY);
    else this.view.zoom(ZOOM_PER_PX ** -event.deltaY, screenPoint(event.x, event.y));
  }

  /** The pointer's shape depends on it. */
  private publish(): void {
    const name = this.isSpaceHeld && this.current.name === "idle" ? "ready_to_pan" : this.current.name;
    if (name !== this.store.state.gesture) this.store.update({ gesture: name });
  }

  private chooseByWheel(deltaY: number): void {
    this.candidateTravel += deltaY;
    const steps = Math.trunc(this.candidateTravel / CANDIDATE_TRAVEL_PX);
    if (steps === 0) return;
    this.candidateTravel = 0;
    this.prompting.choose(Math.sign(steps));
  }

  private step(event: PointerEventLike, next: (input: PointerInput) => ToolState): void {
    if (this.store.state.image) this.state = next(this.inputOf(event));
  }

  private inputOf({ x, y, button = "left", alt = false }: PointerEventLike): PointerInput {
    const { session, image } = this.store.state;
    const screen = screenPoint(x, y);
    const point = screenToImage(screen, session.viewport);
    const isInside = image !== null && isInsideImage(point, imageHwOf(image));
    return { screen, image: point, isInsideImage: isInside, button, alt, space: this.isSpaceHeld };
  }

  private highlight(highlighted: string | null): void {
    if (highlighted !== this.store.state.session.highlighted) this.store.updateSession({ highlighted });
  }

  private clamp(point: ImagePoint): ImagePoint {
    const { image } = this.store.state;
    return image ? clampToImage(point, imageHwOf(image)) : point;
  }
}
