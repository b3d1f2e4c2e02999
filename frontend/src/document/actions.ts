import type { BboxXywh, Rle } from "../masks";
import type { Annotation, Provenance } from "./annotation";
import type { AnnotationChange, AnnotationDocument, DocumentAction } from "./document";

export interface MaskContent {
  readonly rle: Rle;
  readonly area: number;
  readonly bboxXywh: BboxXywh;
  readonly provenance: Provenance;
}

export function addAnnotation(annotation: Annotation): DocumentAction {
  return (document) => withAnnotation(document, annotation);
}

export function replaceMask(id: string, content: MaskContent): DocumentAction {
  return changeExisting(id, (annotation) => ({ ...annotation, ...content }));
}

export function setCategory(id: string, categoryId: number): DocumentAction {
  return changeExisting(id, (annotation) =>
    annotation.categoryId === categoryId ? annotation : { ...annotation, categoryId },
  );
}

export function removeAnnotation(id: string): DocumentAction {
  return (document) => {
    if (!document.annotations.has(id)) return document;
    const annotations = new Map(document.annotations);
    annotations.delete(id);
    return { annotations };
  };
}

/** Puts each annotation into its `after` state; what the changes do not name stays. */
export function applyChanges(changes: readonly AnnotationChange[]): DocumentAction {
  return (document) =>
    changes.reduce(
      (current, { id, after, place }) =>
        after ? withAnnotation(current, after, place) : removeAnnotation(id)(current),
      document,
    );
}

function changeExisting(id: string, edit: (annotation: Annotation) => Annotation): DocumentAction {
  return (document) => {
    const annotation = document.annotations.get(id);
    return annotation ? withAnnotation(document, edit(annotation)) : document;
  };
}

function withAnnotation(document: AnnotationDocument, annotation: Annotation, place?: number): AnnotationDocument {
  const { annotations } = document;
  if (annotations.get(annotation.id) === annotation) return document;
  const isNew = !annotations.has(annotation.id);
  if (!isNew || place === undefined || place >= annotations.size) {
    return { annotations: new Map(annotations).set(annotation.id, annotation) };
  }
  const entries = [...annotations];
  entries.splice(place, 0, [annotation.id, annotation]);
  return { annotations: new Map(entries) };
}
