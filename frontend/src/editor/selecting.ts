import {
  type Annotation,
  changesBetween,
  type DocumentAction,
  removeAnnotation,
  setCategory,
  toEach,
} from "../document";
import { selectAll, selectedIds, selectOnly, selectUpTo, toggleSelected } from "../session";
import { t, tn } from "../words";
import type { Editing } from "./editing";
import type { Store } from "./store";

/** Which annotations are selected, and what is done to all of them at once, each in one step. */
export class Selecting {
  constructor(
    private readonly store: Store,
    private readonly editing: Editing,
  ) {}

  /** The selected annotations, in drawing order. */
  annotations(): Annotation[] {
    const ids = selectedIds(this.store.state.session);
    return [...this.store.state.document.annotations.values()].filter(({ id }) => ids.has(id));
  }

  only(id: string | null): void {
    this.store.updateSession(selectOnly(id));
  }

  toggle(id: string): void {
    this.store.updateSession(toggleSelected(this.store.state.session, id));
  }

  /** From the main one to this; `order`: the ids as the list shows them. */
  upTo(id: string, order: readonly string[]): void {
    this.store.updateSession(selectUpTo(this.store.state.session, id, order));
  }

  these(ids: readonly string[]): void {
    this.store.updateSession(selectAll(ids));
  }

  all(): void {
    this.these([...this.store.state.document.annotations.keys()]);
  }

  /** The next one in drawing order, or the one before; from none, the newest. */
  step(steps: 1 | -1): void {
    const { document, session } = this.store.state;
    const ids = [...document.annotations.keys()];
    const at = session.selection === null ? -1 : ids.indexOf(session.selection);
    this.only((at < 0 ? ids.at(-1) : ids[(at + steps + ids.length) % ids.length]) ?? null);
  }

  setCategory(categoryId: number): void {
    const ids = this.ids();
    const many = tn("Change category of {count} annotation", "Change category of {count} annotations", ids.length);
    const label = ids.length === 1 ? t("Change category") : many;
    this.edit(
      label,
      toEach(ids, (id) => setCategory(id, categoryId)),
    );
  }

  remove(): void {
    const ids = this.ids();
    const many = tn("Delete {count} annotation", "Delete {count} annotations", ids.length);
    const label = ids.length === 1 ? t("Delete annotation") : many;
    this.edit(label, toEach(ids, removeAnnotation));
  }

  private ids(): string[] {
    return this.annotations().map(({ id }) => id);
  }

  private edit(label: string, action: DocumentAction): void {
    const { document } = this.store.state;
    this.editing.perform(label, changesBetween(document, action(document)));
  }
}
