import type { Editing } from "./editing";
import type { Prompting } from "./prompting";
import type { Store } from "./store";

/** Undo, redo, and the way to any step between. */
export class Timeline {
  constructor(
    private readonly store: Store,
    private readonly editing: Editing,
    private readonly prompting: Prompting,
  ) {}

  undo(): void {
    this.editing.undo();
    this.prompting.refresh();
  }

  redo(): void {
    this.editing.redo();
    this.prompting.refresh();
  }

  /** Until this many steps are done: those after it are undone, those before it done again. */
  goTo(doneCount: number): void {
    while (this.store.state.history.done.length > doneCount) this.editing.undo();
    while (this.store.state.history.done.length < doneCount && this.store.state.history.undone.length > 0) {
      this.editing.redo();
    }
    this.prompting.refresh();
  }
}
