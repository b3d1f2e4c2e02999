import {
  type Annotation,
  type AttributeDefinition,
  type AttributeValue,
  type DocumentAction,
  fittingValues,
  missingAttributes,
  moveTo,
  resolveOverlaps,
  setAttributes,
  setLocked,
  toEach,
} from "../document";
import { selectedIds, selectOnly } from "../session";
import { t } from "../words";
import type { Editing } from "./editing";
import type { Store } from "./store";

export type Direction = "forward" | "backward" | "front" | "back";

/** What an annotation has besides mask and category: attributes, the lock, its place in the drawing order. */
export class AnnotationFields {
  constructor(
    private readonly store: Store,
    private readonly editing: Editing,
  ) {}

  /** What the category of an annotation asks. */
  questionsOf({ categoryId }: Annotation): readonly AttributeDefinition[] {
    return this.store.state.categories.find(({ id }) => id === categoryId)?.attributes ?? [];
  }

  /** `undefined` takes the answer back. Answers that the category no longer asks for are forgotten on the way. */
  setAttribute(id: string, name: string, value: AttributeValue | undefined): void {
    const annotation = this.store.state.document.annotations.get(id);
    if (!annotation) return;
    const { [name]: _, ...others } = fittingValues(this.questionsOf(annotation), annotation.attributes);
    const values = value === undefined ? others : { ...others, [name]: value };
    this.editing.edit(t("Set {name}", { name }), setAttributes(id, values));
  }

  /** The annotations that lack a required attribute, in drawing order. */
  incomplete(): Annotation[] {
    return [...this.store.state.document.annotations.values()].filter(
      (annotation) => missingAttributes(this.questionsOf(annotation), annotation.attributes).length > 0,
    );
  }

  /** Selects the next one after the selected that lacks something, around the end. */
  selectIncomplete(): void {
    const incomplete = this.incomplete();
    const order = [...this.store.state.document.annotations.keys()];
    const at = order.indexOf(this.store.state.session.selection ?? "");
    const next = incomplete.find(({ id }) => order.indexOf(id) > at) ?? incomplete[0];
    if (next) this.store.updateSession(selectOnly(next.id));
  }

  setLocked(ids: readonly string[], locked: boolean): void {
    this.editing.edit(
      locked ? t("Lock") : t("Unlock"),
      toEach(ids, (id) => setLocked(id, locked)),
    );
  }

  /** The selected ones: locked, unless all of them are. */
  toggleLocked(): void {
    const selected = this.selected();
    const locked = !selected.every((annotation) => annotation.locked);
    this.setLocked(
      selected.map(({ id }) => id),
      locked,
    );
  }

  /** So that `below` others lie under it; 0 is the lowest place. */
  moveTo(id: string, below: number): void {
    this.editing.edit(t("Change drawing order"), moveTo(id, below));
  }

  /** The selected annotation over or under its neighbour, or all the way. */
  moveSelected(direction: Direction): void {
    const { document, session } = this.store.state;
    const ids = [...document.annotations.keys()];
    const at = session.selection === null ? -1 : ids.indexOf(session.selection);
    if (session.selection === null || at < 0) return;
    const places: Record<Direction, number> = { forward: at + 1, backward: at - 1, front: ids.length, back: 0 };
    this.moveTo(session.selection, places[direction]);
  }

  /** Every pixel goes to the topmost mask that has it. */
  resolveOverlaps(): void {
    this.editing.edit(t("Resolve overlaps"), resolveOverlaps satisfies DocumentAction);
  }

  private selected(): Annotation[] {
    const ids = selectedIds(this.store.state.session);
    return [...this.store.state.document.annotations.values()].filter(({ id }) => ids.has(id));
  }
}
