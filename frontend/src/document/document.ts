import type { Annotation } from "./annotation";

/** What is saved of one image: its annotations, in the order in which they are drawn. Never changed in place. */
export interface AnnotationDocument {
  readonly annotations: ReadonlyMap<string, Annotation>;
}

/** An edit: a pure function from document to document. It returns the same document when it changes nothing. */
export type DocumentAction = (document: AnnotationDocument) => AnnotationDocument;

export const EMPTY_DOCUMENT: AnnotationDocument = { annotations: new Map() };

export function documentOf(annotations: Iterable<Annotation>): AnnotationDocument {
  return { annotations: new Map(Array.from(annotations, (annotation) => [annotation.id, annotation])) };
}

/** One annotation before and after; null means that it was or is not there. */
export interface AnnotationChange {
  readonly id: string;
  readonly before: Annotation | null;
  readonly after: Annotation | null;
}

/** What differs between two documents. Annotations are immutable, so equal content is the same object. */
export function changesBetween(before: AnnotationDocument, after: AnnotationDocument): AnnotationChange[] {
  const changes: AnnotationChange[] = [];
  for (const [id, was] of before.annotations) {
    const is = after.annotations.get(id) ?? null;
    if (is !== was) changes.push({ id, before: was, after: is });
  }
  for (const [id, is] of after.annotations) {
    if (!before.annotations.has(id)) changes.push({ id, before: null, after: is });
  }
  return changes;
}
