import { type ScreenPoint, screenPoint } from "../geometry";
import type { Gestures, PointerEventLike } from "./gestures";
import type { Store } from "./store";
import type { View } from "./view";

/** How far one press of an arrow key goes, in CSS pixels. */
const STEP_PX = 16;
const FINE_STEP_PX = 2;
/** Nearer than this to the canvas's edge, the image moves instead. */
const MARGIN_PX = 24;

/**
 * A pointer for those who work without one: arrow keys move it, the space bar is its button, and with it every tool
 * can be used. It is there while the keyboard's focus is on the canvas.
 */
export class KeyboardPointer {
  private isDown = false;
  private last: ScreenPoint | null = null;

  constructor(
    private readonly store: Store,
    private readonly view: View,
    private readonly gestures: Gestures,
  ) {}

  /** Where it was, or in the middle. */
  appear(): void {
    const [height, width] = this.store.state.canvasHw;
    const { last } = this;
    const isInside = last !== null && last.x < width && last.y < height;
    this.goTo(isInside ? last : screenPoint(width / 2, height / 2));
  }

  vanish(): void {
    if (this.isDown) this.gestures.cancel();
    this.isDown = false;
    this.gestures.pointerLeave();
    this.store.update({ keyboardPointer: null });
  }

  /** `right` and `down` are -1, 0 or 1. */
  move(right: number, down: number, isFine = false): void {
    const at = this.store.state.keyboardPointer;
    if (!at) return;
    const step = isFine ? FINE_STEP_PX : STEP_PX;
    const [height, width] = this.store.state.canvasHw;
    const wanted = screenPoint(at.x + right * step, at.y + down * step);
    const next = screenPoint(within(wanted.x, width), within(wanted.y, height));
    if (next.x !== wanted.x || next.y !== wanted.y) this.view.pan(next.x - wanted.x, next.y - wanted.y);
    this.goTo(next);
  }

  /** The button goes down; `alt` as with the Alt key: a point on the background. */
  press(alt: boolean): void {
    if (this.isDown || !this.store.state.keyboardPointer) return;
    this.isDown = true;
    this.gestures.pointerDown(this.event(alt));
  }

  release(): void {
    if (!this.isDown) return;
    this.isDown = false;
    this.gestures.pointerUp(this.event(false));
  }

  private goTo(point: ScreenPoint): void {
    this.last = point;
    this.store.update({ keyboardPointer: point });
    this.gestures.pointerMove(this.event(false));
  }

  private event(alt: boolean): PointerEventLike {
    const { x, y } = this.store.state.keyboardPointer ?? screenPoint(0, 0);
    return { x, y, button: "left", alt };
  }
}

function within(value: number, size: number): number {
  return Math.min(Math.max(value, MARGIN_PX), Math.max(size - MARGIN_PX, MARGIN_PX));
}
