import { type Annotation, allOf, removeAnnotation } from "../document";
import { type Combination, combineRle, maskParts } from "../masks";
import { t } from "../words";
import { editedByHand, intoPieces, likeIt } from "./byHand";
import type { Editing } from "./editing";
import type { EditorHost } from "./ports";
import type { Selecting } from "./selecting";
import type { Store } from "./store";
import { newUuid } from "./uuid";

/** Makes one mask of several and several of one. Each of these is one step. */
export class Combining {
  constructor(
    private readonly store: Store,
    private readonly editing: Editing,
    private readonly selecting: Selecting,
    private readonly host: EditorHost,
  ) {}

  /** The main selected mask becomes all of the selected ones; the others go. */
  merge(): void {
    const [main, others] = this.mainAndOthers();
    if (!main || others.length === 0) return;
    const remove = others.map(({ id }) => removeAnnotation(id));
    this.editing.edit(t("Merge masks"), allOf([...remove, editedByHand(main, combineAll(main, others, "union"))]));
    this.selecting.only(main.id);
  }

  /** The others keep their masks; the main one loses what they have. */
  subtract(): void {
    this.combineInto(t("Subtract masks"), "subtract");
  }

  /** The others keep their masks; the main one keeps what all of them have. */
  intersect(): void {
    this.combineInto(t("Intersect masks"), "intersect");
  }

  /** Each part that touches no other becomes an annotation of its own; the largest keeps its name. */
  splitIntoParts(): void {
    const pieces = this.selecting.annotations().flatMap((each) => intoPieces(each, maskParts(each.rle)));
    if (pieces.length > 0) this.editing.edit(t("Split into parts"), allOf(pieces));
    else this.tell(t("The mask is in one piece."));
  }

  /** The copies are selected, so that they can be changed at once. */
  duplicate(): void {
    const copies = this.selecting.annotations().map((annotation) => ({ annotation, id: newUuid() }));
    this.editing.edit(t("Duplicate"), allOf(copies.map(({ annotation, id }) => likeIt(annotation, annotation, id))));
    this.selecting.these(copies.map(({ id }) => id).filter((id) => this.store.state.document.annotations.has(id)));
  }

  private combineInto(label: string, how: Combination): void {
    const [main, others] = this.mainAndOthers();
    if (!main || others.length === 0) return;
    const mask = combineAll(main, others, how);
    if (mask.area === 0) this.tell(t("Nothing of the mask would be left. Delete it if that is meant."));
    else this.editing.edit(label, editedByHand(main, mask));
  }

  private mainAndOthers(): readonly [Annotation | undefined, readonly Annotation[]] {
    const { selection } = this.store.state.session;
    const all = this.selecting.annotations();
    return [all.find(({ id }) => id === selection), all.filter(({ id }) => id !== selection)];
  }

  private tell(message: string): void {
    this.host.notify({ code: "nothing_changed", message, level: "info" });
  }
}

function combineAll(main: Annotation, others: readonly Annotation[], how: Combination) {
  const start = { rle: main.rle, area: main.area, bboxXywh: main.bboxXywh };
  return others.reduce((mask, { rle }) => combineRle(mask.rle, rle, how), start);
}
