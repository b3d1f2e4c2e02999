import type { Session } from "./session";

/** Several annotations selected together. It counts while `main` is the session's `selection`. */
export interface SelectionGroup {
  /** The one that was touched last: tools edit it, and Shift extends from it. */
  readonly main: string;
  readonly ids: ReadonlySet<string>;
}

type Selected = Pick<Session, "selection" | "group">;

const NONE: ReadonlySet<string> = new Set();

/** All that is selected, the main one among them. */
export function selectedIds({ selection, group }: Selected): ReadonlySet<string> {
  if (selection === null) return NONE;
  return group?.main === selection ? group.ids : new Set([selection]);
}

export function selectOnly(id: string | null): Selected {
  return { selection: id, group: null };
}

/** Ctrl+click: in when it was out, out when it was in. */
export function toggleSelected(session: Selected, id: string): Selected {
  const ids = new Set(selectedIds(session));
  if (!ids.delete(id)) return groupOf(id, ids.add(id));
  const main = session.selection === id ? ([...ids].at(-1) ?? null) : session.selection;
  return main === null ? selectOnly(null) : groupOf(main, ids);
}

/** Shift+click: everything from the main one to this, in the order of the list. */
export function selectUpTo({ selection }: Selected, id: string, order: readonly string[]): Selected {
  const [from, to] = [order.indexOf(selection ?? id), order.indexOf(id)];
  if (from < 0 || to < 0) return selectOnly(id);
  const between = order.slice(Math.min(from, to), Math.max(from, to) + 1);
  return groupOf(selection ?? id, new Set(between));
}

export function selectAll(ids: readonly string[]): Selected {
  const main = ids.at(-1);
  return main === undefined ? selectOnly(null) : groupOf(main, new Set(ids));
}

function groupOf(main: string, ids: ReadonlySet<string>): Selected {
  return { selection: main, group: ids.size > 1 ? { main, ids } : null };
}
