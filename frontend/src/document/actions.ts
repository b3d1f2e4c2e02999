import type { BboxXywh, Rle } from "../masks";
import { type Annotation, type AnnotationSource, completed, type NewAnnotation, type Provenance } from "./annotation";
import { type AttributeValues, sameValues } from "./attributes";
import { type AnnotationChange, type AnnotationDocument, type DocumentAction, documentOf } from "./document";
import { byDrawingOrder, topPosition } from "./drawingOrder";

export interface MaskContent {
  readonly rle: Rle;
  readonly area: number;
  readonly bboxXywh: BboxXywh;
  readonly provenance: Provenance;
  /** Left out, it stays what it was. */
  readonly source?: AnnotationSource;
}

export function addAnnotation(annotation: NewAnnotation): DocumentAction {
  return (document) => withAnnotation(document, completed(annotation, topPosition(document)));
}

export function replaceMask(id: string, content: MaskContent): DocumentAction {
  return changeExisting(id, (annotation) => ({ ...annotation, ...content }));
}

export function setCategory(id: string, categoryId: number): DocumentAction {
  return changeExisting(id, (annotation) =>
    annotation.categoryId === categoryId ? annotation : { ...annotation, categoryId },
  );
}

export function setAttributes(id: string, attributes: AttributeValues): DocumentAction {
  return changeExisting(id, (annotation) =>
    sameValues(annotation.attributes, attributes) ? annotation : { ...annotation, attributes },
  );
}

export function setLocked(id: string, locked: boolean): DocumentAction {
  return changeExisting(id, (annotation) => (annotation.locked === locked ? annotation : { ...annotation, locked }));
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
      (current, { id, after }) => (after ? withAnnotation(current, after) : removeAnnotation(id)(current)),
      document,
    );
}

function changeExisting(id: string, edit: (annotation: Annotation) => Annotation): DocumentAction {
  return (document) => {
    const annotation = document.annotations.get(id);
    return annotation ? withAnnotation(document, edit(annotation)) : document;
  };
}

/** Sorts only where the order changes: a brush stroke among thousands of annotations must not. */
function withAnnotation(document: AnnotationDocument, annotation: Annotation): AnnotationDocument {
  const { annotations } = document;
  const known = annotations.get(annotation.id);
  if (known === annotation) return document;
  const added = new Map(annotations).set(annotation.id, annotation);
  const keepsOrder = known ? known.position === annotation.position : isOnTop(annotations, annotation);
  return keepsOrder ? { annotations: added } : documentOf(added.values());
}

function isOnTop(annotations: AnnotationDocument["annotations"], annotation: Annotation): boolean {
  const top = [...annotations.values()].at(-1);
  return top === undefined || byDrawingOrder(top, annotation) < 0;
}
