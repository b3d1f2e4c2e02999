import { type ImagePoint, imagePoint, imageToScreen, type ScreenPoint, screenToImage } from "../geometry";
import type { CommentingState } from "./commentingState";
import { imageHwOf } from "./state";
import type { Store } from "./store";
import type { View } from "./view";

/** Pins, and which thread is open. */
export class Commenting {
  constructor(
    private readonly store: Store,
    private readonly view: View,
  ) {}

  allow(isAllowed: boolean): void {
    this.update({ isAllowed });
  }

  startPlacing(): void {
    this.update({ isPlacing: true, arePinsVisible: true, draftPoint: null, openThreadId: null });
  }

  /** The comment belongs to what is shown here; at the nearest place on the image where that is beside it. */
  placeAt(screen: ScreenPoint): void {
    const { image, session } = this.store.state;
    if (!image) return;
    const [height, width] = imageHwOf(image);
    const { x, y } = screenToImage(screen, session.viewport);
    const draftPoint = imagePoint(Math.min(Math.max(x, 0), width), Math.min(Math.max(y, 0), height));
    this.update({ isPlacing: false, draftPoint });
  }

  open(threadId: number): void {
    this.update({ isPlacing: false, draftPoint: null, openThreadId: threadId, arePinsVisible: true });
  }

  /** The thread that was open under one id stays open under another. */
  follow(from: number, to: number): void {
    if (this.store.state.commenting.openThreadId === from) this.update({ openThreadId: to });
  }

  /** As `open`, and its pin is brought into sight. */
  show(threadId: number, point: ImagePoint): void {
    const { canvasHw, session } = this.store.state;
    const at = imageToScreen(point, session.viewport);
    const isInSight = at.x >= 0 && at.y >= 0 && at.x <= canvasHw[1] && at.y <= canvasHw[0];
    if (!isInSight) this.view.pan(canvasHw[1] / 2 - at.x, canvasHw[0] / 2 - at.y);
    this.open(threadId);
  }

  /** Closes what is open. -> whether something was. */
  close(): boolean {
    const { isPlacing, draftPoint, openThreadId } = this.store.state.commenting;
    if (!isPlacing && !draftPoint && openThreadId === null) return false;
    this.update({ isPlacing: false, draftPoint: null, openThreadId: null });
    return true;
  }

  togglePins(): void {
    this.close();
    this.update({ arePinsVisible: !this.store.state.commenting.arePinsVisible });
  }

  private update(patch: Partial<CommentingState>): void {
    this.store.update({ commenting: { ...this.store.state.commenting, ...patch } });
  }
}
