import { isInsideImage, screenPoint, screenToImage } from "../geometry";
import { isDrawingTool, type Session, type ToolId, withSettings } from "../session";
import { type PointerInput, type ToolHost, type ToolState, toolFor } from "../tools";
import { type FingerEvent, Fingers } from "./fingers";
import type { Prompting } from "./prompting";
import { type EditorState, imageHwOf } from "./state";
import type { Store } from "./store";
import type { View } from "./view";

/** What a pointer event says, in CSS pixels from the canvas's corner. */
export interface PointerEventLike extends FingerEvent {
  readonly button?: "left" | "middle" | "right";
  readonly alt?: boolean;
  readonly shift?: boolean;
  /** 0 to 1, of a pen. */
  readonly pressure?: number;
}

/** What a resting tool shows depends on it. */
type Seen = Pick<EditorState, "document"> & Pick<Session, "selection" | "viewport">;

/** What is in the hand when no button is given. */
const DEFAULTS = { button: "left", alt: false, shift: false, pressure: 1 } as const;

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

/** One notch of a mouse wheel makes the brush a sixth larger. */
const BRUSH_PER_PX = 1.0015;

/** Pointer and wheel, through the tools' state machines, to what the editor does. */
export class Gestures {
  private current: ToolState;
  private readonly fingers: Fingers;
  /** What was begun with tools that are not in the hand. */
  private readonly kept = new Map<ToolId, () => ToolState>();
  private isSpaceHeld = false;
  private candidateTravel = 0;
  /** Where the pointer rests; null: it is not on the canvas. */
  private resting: PointerEventLike | null = null;
  private seen: Seen;

  constructor(
    private readonly store: Store,
    private readonly view: View,
    private readonly prompting: Prompting,
    private readonly host: ToolHost,
  ) {
    this.fingers = new Fingers(view);
    this.current = toolFor("prompt", host);
    this.seen = seenOf(store.state);
    store.subscribe(() => this.showAgain());
  }

  private get state(): ToolState {
    return this.current;
  }

  private set state(next: ToolState) {
    this.current = next;
    this.publish();
  }

  /** Something was begun that Escape drops and undo takes back. */
  get isBusy(): boolean {
    return this.current.name !== "idle";
  }

  /** Enter would end what was begun. */
  get canConfirm(): boolean {
    return this.current.confirm !== null;
  }

  /** What was begun with the tool before is kept until it is taken again. -> whether there was something to keep. */
  changeTool(tool: ToolId): boolean {
    const before = this.store.state.session.tool;
    // Only a press in the middle is dropped, not what it belongs to.
    const { resume } = this.state.resume ? this.state : this.state.cancel();
    if (resume) this.kept.set(before, resume);
    this.store.showDraft(null);
    this.prompting.preview(null);
    const resumed = this.kept.get(tool);
    this.kept.delete(tool);
    this.state = resumed ? resumed() : toolFor(tool, this.host);
    this.store.updateSession({ tool, highlighted: null });
    this.showResting();
    return resume !== null && tool !== before;
  }

  pointerDown(event: PointerEventLike): void {
    const whose = this.fingers.down(event);
    if (whose === "tool") this.step(event, (input) => this.state.pointerDown(input));
    else if (whose === "pinch") this.state = this.state.cancel();
  }

  pointerMove(event: PointerEventLike): void {
    this.resting = event;
    if (!this.fingers.move(event)) this.step(event, (input) => this.state.pointerMove(input));
  }

  pointerUp(event: PointerEventLike): void {
    if (!this.fingers.up(event)) this.step(event, (input) => this.state.pointerUp(input));
    else this.publish();
    // A finger that has left rests nowhere.
    if (event.pointerType === "touch") this.resting = null;
    else this.showResting();
  }

  /** The browser took the pointer away. */
  pointerLost(event: PointerEventLike): void {
    this.fingers.up(event);
    this.state = this.state.cancel();
  }

  pointerLeave(): void {
    this.resting = null;
    this.state = this.state.pointerLeave();
  }

  holdSpace(isHeld: boolean): void {
    this.isSpaceHeld = isHeld;
    this.publish();
  }

  /** The image goes away, and what was drawn on it. */
  drop(): void {
    this.kept.clear();
    // The first ends a press, the second what it belongs to.
    this.state = this.state.cancel().cancel();
    this.store.showDraft(null);
  }

  /** True when there was a gesture to cancel. */
  cancel(): boolean {
    const wasBusy = this.isBusy;
    this.state = this.state.cancel();
    return wasBusy;
  }

  /** Enter. True when there was something to end. */
  confirm(): boolean {
    const { confirm } = this.current;
    if (confirm) this.state = confirm();
    return confirm !== null;
  }

  /** Undo in the middle of a gesture: its last part, or all of it. True when there was one. */
  stepBack(): boolean {
    if (!this.isBusy) return false;
    this.state = this.current.stepBack?.() ?? this.current.cancel();
    return true;
  }

  /** With candidates to choose from the wheel chooses, with a brush it sizes; with Ctrl, and always otherwise, it zooms. */
  wheel(event: WheelEventLike): void {
    const { prompt, tool } = this.store.state.session;
    if (event.zooms) this.zoom(event);
    else if (tool === "brush" || tool === "eraser") this.sizeBrush(event);
    else if ((prompt.candidates?.all.length ?? 0) > 1) this.chooseByWheel(event.deltaY);
    else this.zoom(event);
  }

  private zoom({ x, y, deltaY }: WheelEventLike): void {
    this.zoomBy(ZOOM_PER_PX ** -deltaY, x, y);
  }

  zoomBy(factor: number, x: number, y: number): void {
    this.view.zoom(factor, screenPoint(x, y));
  }

  private sizeBrush(event: WheelEventLike): void {
    const { toolSettings } = this.store.state.session;
    const brushDiameter = toolSettings.brushDiameter * BRUSH_PER_PX ** -event.deltaY;
    this.store.updateSession({ toolSettings: withSettings(toolSettings, { brushDiameter }) });
    // The ring around the pointer shows the new size.
    if (!this.isBusy) this.pointerMove(event);
  }

  /** Undo, a list or the wheel may change what lies under a pointer that rests. */
  private showAgain(): void {
    const [before, now] = [this.seen, seenOf(this.store.state)];
    this.seen = now;
    const isSame = before.document === now.document && before.viewport === now.viewport;
    if (!isSame || before.selection !== now.selection) this.showResting();
  }

  /** The brush's ring, or the corners of the selected mask. */
  private showResting(): void {
    if (!this.resting || this.isBusy || !isDrawingTool(this.store.state.session.tool)) return;
    this.step(this.resting, (input) => this.state.pointerMove(input));
  }

  /** The pointer's shape and some buttons depend on it. */
  private publish(): void {
    const [gesture, canConfirm] = [this.gestureName(), this.canConfirm];
    const { state } = this.store;
    if (gesture !== state.gesture || canConfirm !== state.canConfirm) this.store.update({ gesture, canConfirm });
  }

  private gestureName(): string {
    if (this.fingers.isPinching) return "pinching";
    return this.isSpaceHeld && !this.isBusy ? "ready_to_pan" : this.current.name;
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

  private inputOf(event: PointerEventLike): PointerInput {
    const { session, image } = this.store.state;
    const screen = screenPoint(event.x, event.y);
    const point = screenToImage(screen, session.viewport);
    const isInside = image !== null && isInsideImage(point, imageHwOf(image));
    const { button, alt, shift, pressure } = { ...DEFAULTS, ...event };
    return {
      screen,
      image: point,
      isInsideImage: isInside,
      button,
      alt,
      shift,
      pressure,
      space: this.isSpaceHeld,
      imagePerPixel: 1 / session.viewport.scale,
    };
  }
}

function seenOf({ document, session }: EditorState): Seen {
  return { document, selection: session.selection, viewport: session.viewport };
}
