import type { Annotation } from "./annotation";
import { byDrawingOrder } from "./drawingOrder";

/** What is saved of one image: its annotations, in the order in which they are drawn. Never changed in place. */
export interface AnnotationDocument {
  readonly annotations: ReadonlyMap<string, Annotation>;
}

/** An edit: a pure function from document to document. It returns the same document when it changes nothing. */
export type DocumentAction = (document: AnnotationDocument) => AnnotationDocument;

export const EMPTY_DOCUMENT: AnnotationDocument = { annotations: new Map() };

export function documentOf(annotations: Iterable<Annotation>): AnnotationDocument {
  return {
    annotations: new Map([...annotations].sort(byDrawingOrder).map((annotation) => [annotation.id, annotation])),
  };
}

/** One annotation before and after; null means that it was or is not there. */
export interface AnnotationChange {
  readonly id: string;
  readonly before: Annotation | null;
  readonly after: Annotation | null;
}

/** What differs between two documents. Annotations are immutable, so equal content is the same object. */
export function changesBetween(before: AnnotationDocument, after: AnnotationDocument): AnnotationChange[] {
  const removedOrChanged = [...before.annotations.values()].flatMap((was) => {
    const is = after.annotations.get(was.id) ?? null;
    return is === was ? [] : [{ id: was.id, before: was, after: is }];
  });
  const added = [...after.annotations.values()].flatMap((is) =>
    before.annotations.has(is.id) ? [] : [{ id: is.id, before: null, after: is }],
  );
  return [...removedOrChanged, ...added];
}
