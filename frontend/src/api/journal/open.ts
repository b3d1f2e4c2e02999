import { sentenceOf } from "../errors";
import { type JournalStore, openJournalDatabase } from "./database";
import { DraftKeeper } from "./drafts";
import { AnnotationJournal } from "./journal";
import { exclusiveFor } from "./locks";
import { memoryStore } from "./memoryStore";
import { JournalSync } from "./sync";
import { sendEntry } from "./transport";

export interface OpenJournal {
  readonly journal: AnnotationJournal;
  readonly sync: JournalSync;
  readonly drafts: DraftKeeper;
  /** Why changes are not kept in this browser; null when they are. */
  readonly storageProblem: string | null;
  close(): void;
}

/** The journal of one user in this browser: opened once, when it is known who is signed in. Starts sending at once. */
export async function openJournal(userId: number): Promise<OpenJournal> {
  const { store, storageProblem } = await openStore(userId);
  const name = `maskwright-journal-${userId}`;
  const journal = new AnnotationJournal({
    store,
    transport: sendEntry,
    exclusive: exclusiveFor(name),
    channel: typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(name),
  });
  const stopWaking = wakeWhenUseful(journal);
  void journal.start();
  return {
    journal,
    sync: new JournalSync(journal),
    drafts: new DraftKeeper(store, () => journal.whenWritten()),
    storageProblem,
    close() {
      stopWaking();
      journal.close();
    },
  };
}

async function openStore(userId: number): Promise<{ store: JournalStore; storageProblem: string | null }> {
  try {
    return { store: await openJournalDatabase(userId), storageProblem: null };
  } catch (error) {
    return { store: memoryStore(), storageProblem: sentenceOf(error) };
  }
}

function wakeWhenUseful(journal: AnnotationJournal): () => void {
  const wake = (): void => {
    if (document.visibilityState === "visible") journal.wake();
  };
  window.addEventListener("online", wake);
  window.addEventListener("focus", wake);
  document.addEventListener("visibilitychange", wake);
  return () => {
    window.removeEventListener("online", wake);
    window.removeEventListener("focus", wake);
    document.removeEventListener("visibilitychange", wake);
  };
}
