import { sentenceOf } from "../errors";
import { type JournalStore, openJournalDatabase } from "./database";
import { DraftKeeper } from "./drafts";
import { AnnotationJournal } from "./journal";
import { exclusiveFor } from "./locks";
import { MemoryKeeper } from "./memories";
import { memoryStore } from "./memoryStore";
import { isLow, StorageRoom } from "./storageRoom";
import { JournalSync } from "./sync";
import { sendEntry } from "./transport";

export interface JournalOwner {
  /** Names the server's set of data. */
  readonly installation: string;
  readonly userId: number;
}

export interface OpenJournal {
  readonly journal: AnnotationJournal;
  readonly sync: JournalSync;
  readonly drafts: DraftKeeper;
  readonly memories: MemoryKeeper;
  readonly room: StorageRoom;
  /** Why changes are not kept in this browser; null when they are. */
  readonly storageProblem: string | null;
  close(): void;
}

/**
 * One journal for each user of each installation: nobody's changes are ever sent under another name, nor to other data
 * that is served at the same address later.
 */
export function journalName({ installation, userId }: JournalOwner): string {
  return `maskwright-journal-${installation}-${userId}`;
}

/** The journal of one user in this browser: opened once, when it is known who is signed in. Starts sending at once. */
export async function openJournal(owner: JournalOwner): Promise<OpenJournal> {
  const name = journalName(owner);
  const { store, storageProblem } = await openStore(name);
  const journal = new AnnotationJournal({
    store,
    transport: sendEntry,
    exclusive: exclusiveFor(name),
    channel: typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(name),
  });
  const stopWaking = wakeWhenUseful(journal);
  void journal.start();
  const room = new StorageRoom();
  room.start();
  return {
    journal,
    sync: new JournalSync(journal),
    drafts: new DraftKeeper(store, () => journal.whenWritten()),
    // The journal comes first: what little room is left is for changes.
    memories: new MemoryKeeper(store, () => !isLow(room.estimate())),
    room,
    storageProblem,
    close() {
      stopWaking();
      room.close();
      journal.close();
    },
  };
}

async function openStore(name: string): Promise<{ store: JournalStore; storageProblem: string | null }> {
  try {
    return { store: await openJournalDatabase(name), storageProblem: null };
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
