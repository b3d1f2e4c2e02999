import { createContext, useContext, useEffect, useMemo, useSyncExternalStore } from "react";
import type { JournalEntry, JournalStatus, OpenJournal } from "../../api";

export type Choice = "mine" | "theirs";

/** Settles a conflict in an open editor, so that its own state follows. False: it does not know of that conflict. */
export type EditorDecider = (annotationId: string, choice: Choice) => boolean;

export interface JournalContextValue extends OpenJournal {
  readonly editorDecider: { current: EditorDecider | null };
}

export const JournalContext = createContext<JournalContextValue | null>(null);

/** The journal of whoever is signed in. */
export function useJournal(): JournalContextValue {
  const journal = useContext(JournalContext);
  if (!journal) throw new Error("There is no JournalProvider around this component.");
  return journal;
}

/** How saving goes: of masks, and of comments beside them. */
export interface SavingStatus extends JournalStatus {
  /** Comments that the server has refused; their authors decide beside them. */
  readonly refusedComments: number;
}

/** Changes while masks and comments come, wait and go. */
export function useJournalStatus(): SavingStatus {
  const { journal, comments } = useJournal();
  const masks = useSyncExternalStore(
    (listener) => journal.subscribe(listener),
    () => journal.status(),
  );
  const said = useSyncExternalStore(
    (listener) => comments.subscribe(listener),
    () => comments.status(),
  );
  return useMemo(
    () => ({
      ...masks,
      waiting: masks.waiting + said.waiting,
      refusedComments: said.entries.filter(({ problem }) => problem !== null).length,
      obstacle: masks.obstacle ?? said.obstacle,
      storageProblem: masks.storageProblem ?? said.storageProblem,
    }),
    [masks, said],
  );
}

/** Carries out what the user decided about a refused change. */
export function useDecider(): (entry: JournalEntry, choice: Choice) => void {
  const { sync, editorDecider } = useJournal();
  return (entry, choice) => {
    const isDone = entry.state.kind === "conflict" && editorDecider.current?.(entry.annotationId, choice);
    if (!isDone) void sync.settle(entry, choice);
  };
}

/** While the workspace is open, its editor settles the conflicts that it knows. */
export function useEditorDecider(decider: EditorDecider): void {
  const { editorDecider } = useJournal();
  useEffect(() => {
    editorDecider.current = decider;
    return () => {
      editorDecider.current = null;
    };
  }, [editorDecider, decider]);
}
