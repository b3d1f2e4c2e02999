import type { AnnotationChange } from "../document";
import type { Prompt } from "./prompt";

/**
 * One step that undo takes back and redo does again: what it changed in the document, and the prompt before and after.
 * A step keeps changes rather than whole documents, so that undo never takes back what others did in the meantime.
 */
export interface HistoryStep {
  /** What the user did, for the tooltip of undo: "add point". */
  readonly label: string;
  readonly changes: readonly AnnotationChange[];
  readonly promptBefore: Prompt;
  readonly promptAfter: Prompt;
}

/** Never changed in place. The last step of `done` is undone first, the last step of `undone` redone first. */
export interface History {
  readonly done: readonly HistoryStep[];
  readonly undone: readonly HistoryStep[];
}

/** Steps hold low-res logits (up to 0.8 MB each), so their number is bounded. */
const MAX_STEPS = 100;

export const EMPTY_HISTORY: History = { done: [], undone: [] };

export function withStep(history: History, step: HistoryStep): History {
  return { done: [...history.done, step].slice(-MAX_STEPS), undone: [] };
}

/** The step to take back, and the history afterwards; null when there is none. */
export function undoStep(history: History): { step: HistoryStep; history: History } | null {
  const step = history.done.at(-1);
  if (!step) return null;
  return { step, history: { done: history.done.slice(0, -1), undone: [...history.undone, step] } };
}

export function redoStep(history: History): { step: HistoryStep; history: History } | null {
  const step = history.undone.at(-1);
  if (!step) return null;
  return { step, history: { done: [...history.done, step], undone: history.undone.slice(0, -1) } };
}

/** Somebody else changed this annotation: what we did to it can no longer be undone without undoing their work. */
export function forgetAnnotation(history: History, id: string): History {
  const forget = (step: HistoryStep): HistoryStep => {
    const changes = step.changes.filter((change) => change.id !== id);
    return changes.length === step.changes.length ? step : { ...step, changes };
  };
  const isWorthKeeping = (step: HistoryStep): boolean =>
    step.changes.length > 0 || step.promptBefore !== step.promptAfter;
  return {
    done: history.done.map(forget).filter(isWorthKeeping),
    undone: history.undone.map(forget).filter(isWorthKeeping),
  };
}

/** The opposite changes, in the opposite order. */
export function inverse(changes: readonly AnnotationChange[]): AnnotationChange[] {
  return changes.map((change) => ({ ...change, before: change.after, after: change.before })).reverse();
}
