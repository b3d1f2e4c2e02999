import { t } from "../../words";
import type { Exclusive } from "../journal/locks";
import { Overflow } from "../journal/overflow";
import { SendLoop } from "../journal/sendLoop";
import type { TabChannel } from "../journal/tabChannel";
import type { Table } from "../journal/table";
import type { ThreadDto } from "../types";
import { asStart, type CommentEntry, inThread, type Saying, threadRefOf } from "./entries";
import type { SayTransport } from "./transport";

export interface OutboxStatus {
  /** In the order in which they were said. Never changed in place. */
  readonly entries: readonly CommentEntry[];
  /** How many of them wait for the server; the others wait for their author. */
  readonly waiting: number;
  /** Why nothing goes through; null while sending works. */
  readonly obstacle: string | null;
  /** Why the browser would not keep one; null when all are kept. */
  readonly storageProblem: string | null;
}

export interface OutboxOptions {
  readonly store: Table<CommentEntry>;
  readonly transport: SayTransport;
  readonly exclusive: Exclusive;
  readonly channel?: TabChannel<null> | null;
}

/** The server has taken a saying: the thread as it is now, null where it is gone. */
export type OnSaid = (entry: CommentEntry, thread: ThreadDto | null) => void;

/** What people say about places, kept in this browser until the server has it: written down first, sent afterwards. */
export class CommentOutbox {
  private current: OutboxStatus = { entries: [], waiting: 0, obstacle: null, storageProblem: null };
  private readonly store: Overflow<CommentEntry>;
  private readonly loop: SendLoop;
  private readonly listeners = new Set<() => void>();
  private readonly saidListeners = new Set<OnSaid>();

  constructor(private readonly options: OutboxOptions) {
    this.store = new Overflow(options.store);
    this.loop = new SendLoop(
      () => this.pass(),
      options.exclusive,
      () => void this.refresh(true),
    );
    options.channel?.onMessage(() => {
      void this.refresh(false).then(() => {
        if (this.current.waiting > 0) this.loop.takeOverLater();
      });
    });
  }

  /** Looks for what earlier pages left behind, and sends it. */
  async start(): Promise<void> {
    await this.refresh(false);
    this.wake();
  }

  /** Tries to send now. */
  wake(): void {
    if (this.current.waiting > 0) void this.loop.flush();
  }

  close(): void {
    this.loop.close();
    this.options.channel?.close();
  }

  status(): OutboxStatus {
    return this.current;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  onSaid(listener: OnSaid): () => void {
    this.saidListeners.add(listener);
    return () => this.saidListeners.delete(listener);
  }

  /** Resolves when it is on the disk, or held by this page; it is sent afterwards. -> its entry's id. */
  async say(imageId: number, author: string, saying: Saying): Promise<number> {
    const entryId = await this.store.add({ imageId, author, saying, saidAt: Date.now(), problem: null });
    await this.refresh(true);
    void this.loop.flush();
    return entryId;
  }

  /** The author tries once more what was refused. */
  async retry(entryId: number): Promise<void> {
    await this.store.edit(entryId, (entry) => ({ ...entry, problem: null }));
    await this.refresh(true);
    void this.loop.flush();
  }

  /** The author takes back what the server does not have, and what was said to it. */
  async takeBack(entryId: number): Promise<void> {
    const taken = await this.store.edit(entryId, () => null);
    if (taken?.saying.kind === "start") {
      const { key } = taken.saying;
      for (const entry of await this.store.all()) {
        if (threadRefOf(entry.saying) === key) await this.store.edit(entry.entryId, () => null);
      }
    }
    await this.refresh(true);
  }

  private async pass(): Promise<string | null> {
    let obstacle: string | null = null;
    for (const { entryId } of await this.store.all()) {
      if (this.loop.isClosed) return null;
      // As it is now: a thread that was begun in this pass has its id.
      const entry = await this.store.get(entryId);
      if (!entry || entry.problem !== null || typeof threadRefOf(entry.saying) === "string") continue;
      const result = await this.options.transport(entry);
      switch (result.kind) {
        case "said":
          await this.settle(entry, result.thread);
          break;
        case "gone":
          await this.beginAnew(entry);
          break;
        case "rejected":
          await this.store.edit(entryId, (now) => ({ ...now, problem: result.problem }));
          break;
        case "later":
          obstacle = result.message;
          break;
        case "unreachable":
          return result.message;
        default:
          return result satisfies never;
      }
      await this.refresh(true);
    }
    return obstacle;
  }

  private async settle(entry: CommentEntry, thread: ThreadDto | null): Promise<void> {
    if (entry.saying.kind === "start" && thread) {
      const { key } = entry.saying;
      // Before the entry goes: killed in between, it is sent again, and the server knows it.
      for (const { entryId } of await this.store.ofImage(entry.imageId)) {
        await this.store.edit(entryId, (other) => inThread(other, key, thread.id));
      }
    }
    for (const listener of this.saidListeners) listener(entry, thread);
    await this.store.edit(entry.entryId, () => null);
  }

  /** Its thread is gone: a reply begins another one. Where the image is gone too, its author has to know. */
  private async beginAnew(entry: CommentEntry): Promise<void> {
    const anew = asStart(entry);
    if (anew === entry) {
      const problem = t("There is nothing here, or you may not see it.");
      await this.store.edit(entry.entryId, (now) => ({ ...now, problem }));
      return;
    }
    await this.store.edit(entry.entryId, () => anew);
    void this.loop.flush();
  }

  private async refresh(tellOthers: boolean): Promise<void> {
    const entries = await this.store.all();
    const waiting = countWaiting(entries);
    const obstacle = waiting > 0 ? this.loop.obstacle : null;
    this.current = { entries, waiting, obstacle, storageProblem: this.store.problem };
    for (const listener of this.listeners) listener();
    if (tellOthers) this.options.channel?.tell(null);
  }
}

/** What goes into a thread whose beginning was refused waits with it. */
function countWaiting(entries: readonly CommentEntry[]): number {
  const refused = new Set<unknown>(
    entries.flatMap(({ saying, problem }) => (saying.kind === "start" && problem !== null ? [saying.key] : [])),
  );
  return entries.filter(({ saying, problem }) => problem === null && !refused.has(threadRefOf(saying))).length;
}
