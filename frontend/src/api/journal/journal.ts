import {
  type Change,
  isNothing,
  type JournalEntry,
  keepingMine,
  newEntry,
  retried,
  withChange,
  withoutAttributes,
} from "./entries";
import type { Exclusive } from "./locks";
import { Overflow } from "./overflow";
import { Sender } from "./sender";
import type { TabChannel } from "./tabChannel";
import type { Table } from "./table";
import type { Transport } from "./transport";

export interface JournalStatus {
  /** Changes that wait for the server. */
  readonly waiting: number;
  /** Changes that wait for the user: conflicts and rejections. */
  readonly undecided: readonly JournalEntry[];
  /** Why nothing goes through; null while sending works. */
  readonly obstacle: string | null;
  /** Why the browser would not keep a change, which is in this page only until it is sent; null when all are kept. */
  readonly storageProblem: string | null;
}

export interface JournalOptions {
  readonly store: Table<JournalEntry>;
  readonly transport: Transport;
  readonly exclusive: Exclusive;
  /** Tells other tabs that the journal has changed; null where there are none. */
  readonly channel?: TabChannel<StoredMessage | null> | null;
  readonly now?: () => number;
}

export interface StoredMessage {
  readonly entryId: number;
  readonly revision: number;
  readonly annotationId: string;
  readonly version: number | null;
}

/**
 * Every change of an annotation, kept in this browser until the server confirmed it.
 *
 * A change is written down first and sent afterwards, so that a killed tab, a dead server or a lost network loses nothing.
 * Changes of the same annotation are folded into one entry, unless another tab has touched that entry meanwhile: then there
 * are two, the server refuses the later one, and the user decides.
 */
export class AnnotationJournal {
  private current: JournalStatus = { waiting: 0, undecided: [], obstacle: null, storageProblem: null };
  private readonly listeners = new Set<() => void>();
  private readonly store: Overflow<JournalEntry>;
  private readonly sender: Sender;
  /** Entries that this tab wrote or laid over an image, with the revision it knows. */
  private readonly known = new Map<string, { readonly entryId: number; readonly revision: number }>();
  /** The newest server's version of each annotation whose content this page has seen or made. */
  private readonly versions = new Map<string, number>();
  /** Changes on their way into the store: they count as waiting. */
  private writing = 0;
  private tail: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: JournalOptions) {
    this.store = new Overflow(options.store);
    this.sender = new Sender(this.store, options.transport, options.exclusive, {
      stored: (entry, version) => this.onStored(entry, version),
      changed: () => void this.refresh(true),
    });
    options.channel?.onMessage((message) => {
      if (message) this.learn(message);
      void this.refresh(false).then(() => {
        if (this.current.waiting > 0) this.sender.loop.takeOverLater();
      });
    });
  }

  /** Looks for what earlier pages left behind, and sends it. */
  async start(): Promise<void> {
    await this.refresh(false);
    await this.sender.loop.flush();
  }

  /** Tries to send now: the network is back, or the user looks at the page again. */
  wake(): void {
    if (this.current.waiting > 0) void this.sender.loop.flush();
  }

  close(): void {
    this.sender.loop.close();
    this.options.channel?.close();
  }

  status(): JournalStatus {
    return this.current;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * Resolves when the change is on the disk, or held by this page where that was refused; it is sent afterwards. Changes
   * are written in the order of the calls.
   */
  record(change: Change): Promise<void> {
    this.writing += 1;
    this.publish({ ...this.current, waiting: this.current.waiting + 1 });
    const written = this.tail.then(() => this.write(change));
    this.tail = written.catch(() => undefined);
    return written.finally(async () => {
      this.writing -= 1;
      await this.refresh(true);
      void this.sender.loop.flush();
    });
  }

  /** Resolves when every change recorded so far is on the disk, or held by this page. */
  whenWritten(): Promise<unknown> {
    return this.tail;
  }

  /** What is not sent yet of one image, oldest first. From now on this tab's changes go into these entries. */
  async adopt(imageId: number): Promise<JournalEntry[]> {
    const entries = await this.store.ofImage(imageId);
    for (const { annotationId, entryId, revision } of entries) this.known.set(annotationId, { entryId, revision });
    return entries;
  }

  /** The user has seen what the server holds, and wants to keep the own content all the same. */
  keepMine(entryId: number): Promise<void> {
    return this.decide(entryId, (entry) =>
      entry.state.kind === "conflict" ? keepingMine(entry, entry.state.theirs) : retried(entry),
    );
  }

  /** The user would rather save the mask without the attributes that the server refused. */
  keepWithout(entryId: number, attributes: readonly string[]): Promise<void> {
    return this.decide(entryId, (entry) => withoutAttributes(entry, attributes));
  }

  /** The user gives the own change up. -> the entry that was given up. */
  async discard(entryId: number): Promise<JournalEntry | null> {
    const given = await this.store.get(entryId);
    await this.decide(entryId, () => null);
    if (given) this.known.delete(given.annotationId);
    return given;
  }

  /** The page shows the server's `version` of this annotation: later changes are based on it. Versions only grow. */
  learnVersion(annotationId: string, version: number): void {
    this.versions.set(annotationId, Math.max(version, this.versions.get(annotationId) ?? 0));
  }

  private async decide(entryId: number, edit: (entry: JournalEntry) => JournalEntry | null): Promise<void> {
    await this.store.edit(entryId, edit);
    await this.refresh(true);
    void this.sender.loop.flush();
  }

  private async write(change: Change): Promise<void> {
    const now = this.options.now?.() ?? Date.now();
    const known = this.known.get(change.annotationId);
    let revision: number | null = null;
    if (known) {
      await this.store.edit(known.entryId, (entry) => {
        if (entry.revision !== known.revision) return entry;
        const changed = withChange(entry, change, now);
        revision = changed.revision;
        return isNothing(changed) ? null : changed;
      });
    }
    if (known && revision !== null) {
      this.known.set(change.annotationId, { entryId: known.entryId, revision });
      return;
    }
    const entry = newEntry(change, this.versions.get(change.annotationId) ?? null, now);
    const entryId = await this.store.add(entry);
    this.known.set(change.annotationId, { entryId, revision: entry.revision });
  }

  private onStored(entry: JournalEntry, version: number | null): void {
    const message = { entryId: entry.entryId, revision: entry.revision, annotationId: entry.annotationId, version };
    this.learn(message);
    this.options.channel?.tell(message);
  }

  private learn({ entryId, annotationId, version }: StoredMessage): void {
    // What another tab wrote on its own is not what this page shows: its version must not pass for ours.
    if (this.known.get(annotationId)?.entryId !== entryId || version === null) return;
    this.learnVersion(annotationId, version);
  }

  private async refresh(tellOthers: boolean): Promise<void> {
    const entries = await this.store.all();
    const waiting = entries.filter((entry) => entry.state.kind === "waiting").length + this.writing;
    const undecided = entries.filter((entry) => entry.state.kind !== "waiting");
    const obstacle = waiting > 0 ? this.sender.loop.obstacle : null;
    this.publish({ waiting, undecided, obstacle, storageProblem: this.store.problem });
    if (tellOthers) this.options.channel?.tell(null);
  }

  private publish(status: JournalStatus): void {
    this.current = status;
    for (const listener of this.listeners) listener();
  }
}
