import { t } from "../../words";
import { sentenceOf } from "../errors";
import type { EntryStore } from "./database";
import type { JournalEntry, NewEntry } from "./entries";

/** Behind all that a database gives, so that what is held here is sent after what was written before. */
const FIRST_HELD_ID = 2 ** 52;

/**
 * A store that never refuses a change: what the browser would not write down is held by this page, which can still send it.
 * It dies with the page, so `problem` has to be shown.
 */
export class Overflow implements EntryStore {
  /** Instead of what the disk holds under the same id; null: it is gone, though the disk would not forget it. */
  private readonly held = new Map<number, JournalEntry | null>();
  private lastId = FIRST_HELD_ID;
  private refusal = "";

  constructor(private readonly store: EntryStore) {}

  /** Why something is in this page only; null when nothing is. */
  get problem(): string | null {
    return [...this.held.values()].some((entry) => entry !== null) ? this.refusal : null;
  }

  async add(entry: NewEntry): Promise<number> {
    try {
      return await this.store.add(entry);
    } catch (error) {
      this.lastId += 1;
      this.hold(this.lastId, { ...entry, entryId: this.lastId }, error);
      return this.lastId;
    }
  }

  async get(entryId: number): Promise<JournalEntry | null> {
    const held = this.held.get(entryId);
    return held === undefined ? this.store.get(entryId).catch(() => null) : held;
  }

  async all(): Promise<JournalEntry[]> {
    return this.withHeld(await this.store.all().catch(() => []));
  }

  async ofImage(imageId: number): Promise<JournalEntry[]> {
    const stored = await this.store.ofImage(imageId).catch(() => []);
    return this.withHeld(stored).filter((entry) => entry.imageId === imageId);
  }

  async edit(entryId: number, edit: (entry: JournalEntry) => JournalEntry | null): Promise<JournalEntry | null> {
    const held = this.held.get(entryId);
    if (held !== undefined) return this.editHeld(entryId, held, edit);
    try {
      return await this.store.edit(entryId, edit);
    } catch (error) {
      const before = await this.get(entryId);
      if (before) this.hold(entryId, edit(before), error);
      return before;
    }
  }

  private async editHeld(
    entryId: number,
    before: JournalEntry | null,
    edit: (entry: JournalEntry) => JournalEntry | null,
  ): Promise<JournalEntry | null> {
    const after = before && edit(before);
    this.held.set(entryId, after);
    if (after === null) await this.forget(entryId);
    return before;
  }

  private hold(entryId: number, entry: JournalEntry | null, error: unknown): void {
    this.held.set(entryId, entry);
    this.refusal = refusalInWords(error);
  }

  private async forget(entryId: number): Promise<void> {
    // A disk that will not even forget: a later page sends it once more, and the server knows that it is old.
    const isForgotten =
      entryId >= FIRST_HELD_ID || (await this.store.edit(entryId, () => null).then(Boolean, () => false));
    if (isForgotten) this.held.delete(entryId);
  }

  private withHeld(stored: readonly JournalEntry[]): JournalEntry[] {
    if (this.held.size === 0) return [...stored];
    const entries = new Map<number, JournalEntry | null>(stored.map((entry) => [entry.entryId, entry]));
    for (const [entryId, entry] of this.held) entries.set(entryId, entry);
    return [...entries.values()].filter((entry) => entry !== null).sort((a, b) => a.entryId - b.entryId);
  }
}

function refusalInWords(error: unknown): string {
  const isFull = error instanceof DOMException && error.name === "QuotaExceededError";
  return isFull ? t("The browser has no room left.") : sentenceOf(error);
}
