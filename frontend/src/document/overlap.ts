import { type BboxXywh, combineRle } from "../masks";
import { applyChanges, removeAnnotation } from "./actions";
import type { Annotation } from "./annotation";
import { type AnnotationDocument, changesBetween, type DocumentAction } from "./document";

/** A project's rule for pixels that two masks of an image both want. */
export type OverlapPolicy = "free" | "take" | "yield";

/**
 * The document after an edit, with the masks that the edit made or changed kept apart from all others: they take the
 * others' pixels ("take") or leave them ("yield"). A locked annotation gives no pixel away under either rule. An
 * annotation of which nothing is left is removed; one that was there before is then left as it was by "yield".
 */
export function withMasksApart(
  before: AnnotationDocument,
  after: AnnotationDocument,
  policy: OverlapPolicy,
): AnnotationDocument {
  if (policy === "free") return after;
  const changed = changesBetween(before, after).filter(
    (change) => change.after && change.before?.rle !== change.after.rle,
  );
  return changed.reduce((document, { id, before: was }) => {
    const apart = policy === "take" ? takePixels(id)(document) : yieldPixels(id, () => true)(document);
    if (apart.annotations.has(id) || !was) return apart;
    return applyChanges([{ id, before: null, after: was }])(apart);
  }, after);
}

/** Every pixel belongs to the topmost of the masks that have it, as in an export: overlaps from before go. */
export function resolveOverlaps(document: AnnotationDocument): AnnotationDocument {
  const topDown = [...document.annotations.keys()].reverse();
  return topDown.reduce((current, id, index) => {
    const below = new Set(topDown.slice(index + 1));
    return takePixels(id, (other) => below.has(other.id))(current);
  }, document);
}

type Selector = (other: Annotation) => boolean;

function takePixels(id: string, from: Selector = () => true): DocumentAction {
  return (document) => {
    const yielded = yieldPixels(id, (other) => other.locked)(document);
    const taker = yielded.annotations.get(id);
    if (!taker) return yielded;
    return others(yielded, taker, from).reduce(
      (current, other) => (other.locked ? current : withMaskOf(current, other, minus(other, taker))),
      yielded,
    );
  };
}

function yieldPixels(id: string, to: Selector): DocumentAction {
  return (document) => {
    const annotation = document.annotations.get(id);
    if (!annotation) return document;
    const left = others(document, annotation, to).reduce<Annotation | null>(
      (current, other) => current && minus(current, other),
      annotation,
    );
    return withMaskOf(document, annotation, left);
  };
}

function others(document: AnnotationDocument, annotation: Annotation, which: Selector): Annotation[] {
  return [...document.annotations.values()].filter(
    (other) => other.id !== annotation.id && meets(other.bboxXywh, annotation.bboxXywh) && which(other),
  );
}

/** Without the pixels of `taken`; the same object when they share none, null when nothing is left. */
function minus(annotation: Annotation, taken: Annotation): Annotation | null {
  const mask = combineRle(annotation.rle, taken.rle, "subtract");
  if (mask.area === annotation.area) return annotation;
  return mask.area === 0 ? null : { ...annotation, rle: mask.rle, area: mask.area, bboxXywh: mask.bboxXywh };
}

function withMaskOf(document: AnnotationDocument, was: Annotation, is: Annotation | null): AnnotationDocument {
  if (is === was) return document;
  return is ? documentWith(document, is) : removeAnnotation(was.id)(document);
}

function documentWith(document: AnnotationDocument, annotation: Annotation): AnnotationDocument {
  return { annotations: new Map(document.annotations).set(annotation.id, annotation) };
}

function meets([ax, ay, aw, ah]: BboxXywh, [bx, by, bw, bh]: BboxXywh): boolean {
  return ax < bx + bw && bx < ax + aw && ay < by + bh && by < ay + ah;
}
