import type { Annotation, AnnotationSource } from "../../document";
import type { Category } from "../../editor";
import { fold } from "./commandSearch";
import { passesFilter, type ScoreFilter } from "./scoreFilter";

/** drawing: what lies on top first; area: the largest first; score: the least sure first; category: as the palette. */
export type ListOrder = "drawing" | "area" | "score" | "category";

/** Which annotations the list shows, and in which order. */
export interface ListQuery {
  /** Words of the category's name, or of what its attributes say. */
  readonly text: string;
  readonly categoryId: number | null;
  readonly source: AnnotationSource | null;
  readonly score: ScoreFilter | null;
  readonly order: ListOrder;
}

export const EVERYTHING: ListQuery = { text: "", categoryId: null, source: null, score: null, order: "drawing" };

/** Whether something may be left out. */
export function isFiltering({ text, categoryId, source, score }: ListQuery): boolean {
  return text.trim() !== "" || categoryId !== null || source !== null || score !== null;
}

/** `annotations`: in drawing order, the last one on top. */
export function listed(
  annotations: readonly Annotation[],
  query: ListQuery,
  categories: readonly Category[],
): Annotation[] {
  const places = new Map(categories.map(({ id }, place) => [id, place]));
  const found = annotations.filter(matcherFor(query, categories)).reverse();
  return query.order === "drawing" ? found : found.sort(comparerFor(query.order, places));
}

function matcherFor(query: ListQuery, categories: readonly Category[]): (annotation: Annotation) => boolean {
  const names = new Map(categories.map(({ id, name }) => [id, name]));
  const words = fold(query.text).split(/\s+/).filter(Boolean);
  return (annotation) => {
    if (query.categoryId !== null && annotation.categoryId !== query.categoryId) return false;
    if (query.source !== null && annotation.source !== query.source) return false;
    if (!passesFilter(annotation, query.score)) return false;
    if (words.length === 0) return true;
    const said = [names.get(annotation.categoryId) ?? "", ...Object.values(annotation.attributes)];
    const text = fold(said.join(" "));
    return words.every((word) => text.includes(word));
  };
}

type Compare = (a: Annotation, b: Annotation) => number;

/** Sorting is stable: equal ones stay in drawing order. */
function comparerFor(order: Exclude<ListOrder, "drawing">, places: ReadonlyMap<number, number>): Compare {
  const placeOf = ({ categoryId }: Annotation): number => places.get(categoryId) ?? places.size;
  switch (order) {
    case "area":
      return (a, b) => b.area - a.area;
    case "score":
      return (a, b) => scoreOf(a) - scoreOf(b);
    case "category":
      return (a, b) => placeOf(a) - placeOf(b);
    default:
      return order satisfies never;
  }
}

/** Drawn by hand, a mask has no score: it comes after those that have one. */
function scoreOf({ provenance }: Annotation): number {
  return provenance.predicted_iou ?? Number.MAX_VALUE;
}
