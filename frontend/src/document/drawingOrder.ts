import type { Annotation } from "./annotation";
import type { AnnotationDocument, DocumentAction } from "./document";

/** The order in which annotations are drawn and exported: the last one lies on top. Server and page agree on it. */
export function byDrawingOrder(a: Annotation, b: Annotation): number {
  if (a.position !== b.position) return a.position - b.position;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** The place above everything that is there. */
export function topPosition({ annotations }: AnnotationDocument): number {
  const top = [...annotations.values()].at(-1);
  return top ? top.position + 1 : 1;
}

/**
 * Moves an annotation so that `below` others lie under it (0: the lowest). It alone gets another position, half-way
 * between its new neighbours; where floating point has no number left between them, all are numbered anew.
 */
export function moveTo(id: string, below: number): DocumentAction {
  return (document) => {
    const moved = document.annotations.get(id);
    if (!moved) return document;
    const all = [...document.annotations.values()];
    const others = all.filter((annotation) => annotation !== moved);
    const place = Math.min(Math.max(below, 0), others.length);
    if (all[place] === moved) return document;
    const position = between(others[place - 1]?.position, others[place]?.position);
    const order = [...others.slice(0, place), moved, ...others.slice(place)];
    const numbered =
      position === null
        ? order.map((annotation, index) => ({ ...annotation, position: index + 1 }))
        : order.map((annotation) => (annotation === moved ? { ...moved, position } : annotation));
    return { annotations: new Map(numbered.map((annotation) => [annotation.id, annotation])) };
  };
}

/** A number strictly between both; null where there is none. */
function between(under: number | undefined, over: number | undefined): number | null {
  if (under === undefined) return over === undefined ? 1 : over - 1;
  if (over === undefined) return under + 1;
  const middle = under + (over - under) / 2;
  return middle > under && middle < over ? middle : null;
}
