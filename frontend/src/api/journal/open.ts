import { CommentOutbox } from "../comments/outbox";
import { sendSaying } from "../comments/transport";
import { sentenceOf } from "../errors";
import { type JournalStore, openJournalDatabase } from "./database";
import { DraftKeeper } from "./drafts";
import { AnnotationJournal } from "./journal";
import { type Exclusive, exclusiveFor } from "./locks";
import { MemoryKeeper } from "./memories";
import { memoryStore } from "./memoryStore";
import { NO_RESERVE, openReserve, type Reserve, withReserve } from "./reserve";
import { StorageRoom } from "./storageRoom";
import { JournalSync } from "./sync";
import { TabChannel } from "./tabChannel";
import { sendEntry } from "./transport";

export interface JournalOwner {
  /** Names the server's set of data. */
  readonly installation: string;
  readonly userId: number;
}

export interface OpenJournal {
  readonly journal: AnnotationJournal;
  readonly sync: JournalSync;
  readonly comments: CommentOutbox;
  readonly drafts: DraftKeeper;
  readonly memories: MemoryKeeper;
  readonly room: StorageRoom;
  /** Why changes are not kept in this browser; null when they are. */
  readonly storageProblem: string | null;
  /** Tries to send now. */
  wake(): void;
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
  const { store: plain, reserve, storageProblem } = await openStore(name);
  const room = new StorageRoom(() => reserve.fill());
  const store = withReserve(plain, reserve, () => room.noteShortage());
  const journal = new AnnotationJournal({ ...sharedBy(name), store: store.entries, transport: sendEntry });
  const comments = new CommentOutbox({
    ...sharedBy(`${name}-comments`),
    store: store.comments,
    transport: sendSaying,
  });
  const senders = [journal, comments];
  const wake = (): void => {
    for (const sender of senders) sender.wake();
  };
  const stopWaking = whenUseful(wake);
  const stopWarning = warnBeforeLoss(senders);
  for (const sender of senders) void sender.start();
  room.start();
  return {
    journal,
    sync: new JournalSync(journal),
    comments,
    drafts: new DraftKeeper(store, () => journal.whenWritten()),
    // The journal comes first: what little room is left is for changes.
    memories: new MemoryKeeper(store, () => !room.status().isLow),
    room,
    storageProblem,
    wake,
    close() {
      stopWaking();
      stopWarning();
      room.close();
      for (const sender of senders) sender.close();
    },
  };
}

/** What tabs of this browser share under a name. */
function sharedBy<M>(name: string): { exclusive: Exclusive; channel: TabChannel<M> } {
  return { exclusive: exclusiveFor(name), channel: new TabChannel(name) };
}

interface OpenStore {
  readonly store: JournalStore;
  readonly reserve: Reserve;
  readonly storageProblem: string | null;
}

async function openStore(name: string): Promise<OpenStore> {
  try {
    return { store: await openJournalDatabase(name), reserve: await openReserve(name), storageProblem: null };
  } catch (error) {
    return { store: memoryStore(), reserve: NO_RESERVE, storageProblem: sentenceOf(error) };
  }
}

/** Calls when the network is back, or the user looks at the page again. */
function whenUseful(wake: () => void): () => void {
  const wakeIfSeen = (): void => {
    if (document.visibilityState === "visible") wake();
  };
  window.addEventListener("online", wakeIfSeen);
  window.addEventListener("focus", wakeIfSeen);
  document.addEventListener("visibilitychange", wakeIfSeen);
  return () => {
    window.removeEventListener("online", wakeIfSeen);
    window.removeEventListener("focus", wakeIfSeen);
    document.removeEventListener("visibilitychange", wakeIfSeen);
  };
}

/** What the browser would not keep dies with the page: it asks before it closes. */
function warnBeforeLoss(senders: readonly { status(): { storageProblem: string | null } }[]): () => void {
  const warn = (event: BeforeUnloadEvent): void => {
    if (senders.some((sender) => sender.status().storageProblem !== null)) event.preventDefault();
  };
  window.addEventListener("beforeunload", warn);
  return () => window.removeEventListener("beforeunload", warn);
}
