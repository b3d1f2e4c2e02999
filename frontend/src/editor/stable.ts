import type { Annotation, AnnotationDocument } from "../document";
import { type Session, selectedIds } from "../session";

/** The same object for the same content, so that nothing is drawn or computed again for it. */

const listed = new WeakMap<AnnotationDocument, readonly Annotation[]>();

/** In drawing order. */
export function annotationsOf(document: AnnotationDocument): readonly Annotation[] {
  const known = listed.get(document) ?? [...document.annotations.values()];
  listed.set(document, known);
  return known;
}

let lastSelected: (Pick<Session, "selection" | "group"> & { readonly ids: ReadonlySet<string> }) | null = null;

/** All that is selected. */
export function selectedOf({ selection, group }: Session): ReadonlySet<string> {
  if (lastSelected?.selection !== selection || lastSelected.group !== group) {
    lastSelected = { selection, group, ids: selectedIds({ selection, group }) };
  }
  return lastSelected.ids;
}

/** `next`, or `previous` where every field is the same. */
export function keepIfSame<T extends object>(previous: T | null, next: T): T {
  const keys = Object.keys(next) as (keyof T)[];
  return previous && keys.every((key) => Object.is(previous[key], next[key])) ? previous : next;
}
