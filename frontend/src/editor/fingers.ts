import { distance, type ScreenPoint, screenPoint } from "../geometry";
import type { View } from "./view";

/** What a finger that touches, moves or leaves says. */
export interface FingerEvent {
  readonly x: number;
  readonly y: number;
  /** The browser's name for this finger, as long as it touches. */
  readonly pointerId?: number;
  readonly pointerType?: "mouse" | "touch" | "pen";
}

/** Two fingers hold the image: it follows them, and grows and shrinks with the distance between them. */
export class Fingers {
  private readonly touching = new Map<number, ScreenPoint>();
  private isPenDown = false;
  /** From the second finger until the last one has left, no tool hears of them. */
  private hasPinched = false;

  constructor(private readonly view: View) {}

  get isPinching(): boolean {
    return this.hasPinched;
  }

  /** "tool": the tool takes it; "pinch": it is the second finger, which ends what the first began; "ignore". */
  down(event: FingerEvent): "tool" | "pinch" | "ignore" {
    if (event.pointerType === "pen") this.isPenDown = true;
    if (!isFinger(event)) return "tool";
    // The hand that holds the pen rests on the screen.
    if (this.isPenDown) return "ignore";
    this.touching.set(event.pointerId, screenPoint(event.x, event.y));
    if (this.touching.size === 1) return "tool";
    const isSecond = !this.hasPinched;
    this.hasPinched = true;
    return isSecond ? "pinch" : "ignore";
  }

  /** True when the tool shall not hear of it. */
  move(event: FingerEvent): boolean {
    if (!isFinger(event)) return false;
    const known = this.touching.get(event.pointerId);
    if (!known) return true;
    const before = this.pair();
    this.touching.set(event.pointerId, screenPoint(event.x, event.y));
    const after = this.pair();
    if (before && after) this.follow(before, after);
    return this.hasPinched;
  }

  /** True when the tool shall not hear of it. */
  up(event: FingerEvent): boolean {
    if (event.pointerType === "pen") this.isPenDown = false;
    if (!isFinger(event)) return false;
    const wasKnown = this.touching.delete(event.pointerId);
    const isForTool = wasKnown && !this.hasPinched;
    if (this.touching.size === 0) this.hasPinched = false;
    return !isForTool;
  }

  /** The first two fingers. */
  private pair(): readonly [ScreenPoint, ScreenPoint] | null {
    const [first, second] = this.touching.values();
    return first && second ? [first, second] : null;
  }

  private follow(before: readonly [ScreenPoint, ScreenPoint], after: readonly [ScreenPoint, ScreenPoint]): void {
    const [from, to] = [middleOf(before), middleOf(after)];
    this.view.pan(to.x - from.x, to.y - from.y);
    this.view.zoom(distance(...after) / Math.max(distance(...before), 1), to);
  }
}

function isFinger(event: FingerEvent): event is FingerEvent & { readonly pointerId: number } {
  return event.pointerType === "touch" && event.pointerId !== undefined;
}

function middleOf([a, b]: readonly [ScreenPoint, ScreenPoint]): ScreenPoint {
  return screenPoint((a.x + b.x) / 2, (a.y + b.y) / 2);
}
