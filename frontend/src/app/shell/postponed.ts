import { useSyncExternalStore } from "react";

/** Journal entries whose decision the user put off; as long as the page lives. */
let postponed: ReadonlySet<number> = new Set();
const listeners = new Set<() => void>();

export function usePostponed(): ReadonlySet<number> {
  return useSyncExternalStore(subscribe, () => postponed);
}

export function postpone(entryIds: readonly number[]): void {
  replace(new Set([...postponed, ...entryIds]));
}

/** Asks again. */
export function recallPostponed(): void {
  replace(new Set());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function replace(next: ReadonlySet<number>): void {
  postponed = next;
  for (const listener of listeners) listener();
}
