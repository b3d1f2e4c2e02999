import { applyChanges } from "./actions";
import type { Annotation } from "./annotation";
import { type AnnotationChange, type AnnotationDocument, changesBetween } from "./document";

/**
 * What locks leave of an edit: a locked annotation keeps its mask, category and attributes, and is not deleted. It may
 * be unlocked, and moved in the drawing order.
 */
export function withLocksKept(before: AnnotationDocument, after: AnnotationDocument): AnnotationDocument {
  const refused = changesBetween(before, after).flatMap(({ id, before: was, after: is }): AnnotationChange[] => {
    if (!was?.locked || (is && isSameWork(was, is))) return [];
    const kept = is ? { ...was, locked: is.locked, position: is.position } : was;
    return [{ id, before: is, after: isEqual(kept, was) ? was : kept }];
  });
  return applyChanges(refused)(after);
}

function isSameWork(a: Annotation, b: Annotation): boolean {
  return a.rle === b.rle && a.categoryId === b.categoryId && a.attributes === b.attributes;
}

function isEqual(a: Annotation, b: Annotation): boolean {
  return a.locked === b.locked && a.position === b.position;
}
