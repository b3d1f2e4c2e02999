import type { DocumentAction } from "./document";

/** The same done to each of them, as one edit. */
export function toEach(ids: Iterable<string>, action: (id: string) => DocumentAction): DocumentAction {
  return (document) => [...ids].reduce((current, id) => action(id)(current), document);
}

/** Several edits, one after the other, as one. */
export function allOf(actions: Iterable<DocumentAction>): DocumentAction {
  return (document) => [...actions].reduce((current, action) => action(current), document);
}
