import type { Editing } from "./editing";
import type { Gestures } from "./gestures";
import type { Prompting } from "./prompting";
import type { Store } from "./store";

/** Undo, redo, and the way to any step between. */
export class Timeline {
  constructor(
    private readonly store: Store,
    private readonly editing: Editing,
    private readonly prompting: Prompting,
    private readonly gestures: Gestures,
  ) {}

  /** In the middle of a gesture only what it has drawn is taken back. */
  undo(): void {
    if (this.gestures.stepBack()) return;
    this.editing.undo();
    this.prompting.refresh();
  }

  redo(): void {
    if (this.gestures.isBusy) return;
    this.editing.redo();
    this.prompting.refresh();
  }

  /** Until this many steps are done: those after it are undone, those before it done again. */
  goTo(doneCount: number): void {
    this.gestures.cancel();
    while (this.store.state.history.done.length > doneCount) this.editing.undo();
    while (this.store.state.history.done.length < doneCount && this.store.state.history.undone.length > 0) {
      this.editing.redo();
    }
    this.prompting.refresh();
  }
}
