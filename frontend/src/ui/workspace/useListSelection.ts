import { type KeyboardEvent, useCallback, useEffect, useRef } from "react";
import type { Annotation } from "../../document";
import type { Editor } from "../../editor";

/** Which keys were held when a row was chosen. */
export interface SelectModifiers {
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

export interface ListSelection {
  /** The same function for ever, so that rows need not be drawn again. */
  onSelect(id: string, modifiers: SelectModifiers): void;
  onKeyDown(event: KeyboardEvent): void;
}

/** Selecting as in a file list: a click takes one, Ctrl one more or less, Shift all up to there; arrows go on. */
export function useListSelection(editor: Editor, rows: readonly Annotation[]): ListSelection {
  const shown = useRef(rows);
  useEffect(() => {
    shown.current = rows;
  }, [rows]);
  const onSelect = useCallback(
    (id: string, { shiftKey, ctrlKey, metaKey }: SelectModifiers): void => {
      const { selecting, state } = editor;
      const isAlone = state.session.selection === id && state.session.group === null;
      if (shiftKey) selecting.upTo(id, idsOf(shown.current));
      else if (ctrlKey || metaKey) selecting.toggle(id);
      else selecting.only(isAlone ? null : id);
    },
    [editor],
  );
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const ids = idsOf(shown.current);
    const next = ids[Math.min(Math.max(focusedIndex(event, ids) + step, 0), ids.length - 1)];
    if (next !== undefined) editor.selecting.only(next);
  };
  return { onSelect, onKeyDown };
}

function focusedIndex({ target }: KeyboardEvent, ids: readonly string[]): number {
  const row = target instanceof Element ? target.closest<HTMLElement>("[data-row]") : null;
  return ids.indexOf(row?.dataset.row ?? "");
}

function idsOf(rows: readonly Annotation[]): string[] {
  return rows.map(({ id }) => id);
}
