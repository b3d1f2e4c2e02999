import { t } from "../../words";
import { sentenceOf } from "../errors";
import type { New, Row, Table } from "./table";

/** Behind all that a database gives, so that what is held here is sent after what was written before. */
const FIRST_HELD_ID = 2 ** 52;

/**
 * A table that never refuses a row: what the browser would not write down is held by this page, which can still send it.
 * It dies with the page, so `problem` has to be shown.
 */
export class Overflow<R extends Row> implements Table<R> {
  /** Instead of what the disk holds under the same id; null: it is gone, though the disk would not forget it. */
  private readonly held = new Map<number, R | null>();
  private lastId = FIRST_HELD_ID;
  private refusal = "";

  constructor(private readonly table: Table<R>) {}

  /** Why something is in this page only; null when nothing is. */
  get problem(): string | null {
    return [...this.held.values()].some((row) => row !== null) ? this.refusal : null;
  }

  async add(row: New<R>): Promise<number> {
    try {
      return await this.table.add(row);
    } catch (error) {
      this.lastId += 1;
      this.hold(this.lastId, { ...row, entryId: this.lastId } as R, error);
      return this.lastId;
    }
  }

  async get(entryId: number): Promise<R | null> {
    const held = this.held.get(entryId);
    return held === undefined ? this.table.get(entryId).catch(() => null) : held;
  }

  async all(): Promise<R[]> {
    return this.withHeld(await this.table.all().catch(() => []));
  }

  async ofImage(imageId: number): Promise<R[]> {
    const stored = await this.table.ofImage(imageId).catch(() => []);
    return this.withHeld(stored).filter((row) => row.imageId === imageId);
  }

  async edit(entryId: number, edit: (row: R) => R | null): Promise<R | null> {
    const held = this.held.get(entryId);
    if (held !== undefined) return this.editHeld(entryId, held, edit);
    try {
      return await this.table.edit(entryId, edit);
    } catch (error) {
      const before = await this.get(entryId);
      if (before) this.hold(entryId, edit(before), error);
      return before;
    }
  }

  private async editHeld(entryId: number, before: R | null, edit: (row: R) => R | null): Promise<R | null> {
    const after = before && edit(before);
    this.held.set(entryId, after);
    if (after === null) await this.forget(entryId);
    return before;
  }

  private hold(entryId: number, row: R | null, error: unknown): void {
    this.held.set(entryId, row);
    this.refusal = refusalInWords(error);
  }

  private async forget(entryId: number): Promise<void> {
    // A disk that will not even forget: a later page sends it once more, and the server knows that it is old.
    const isForgotten =
      entryId >= FIRST_HELD_ID || (await this.table.edit(entryId, () => null).then(Boolean, () => false));
    if (isForgotten) this.held.delete(entryId);
  }

  private withHeld(stored: readonly R[]): R[] {
    if (this.held.size === 0) return [...stored];
    const rows = new Map<number, R | null>(stored.map((row) => [row.entryId, row]));
    for (const [entryId, row] of this.held) rows.set(entryId, row);
    return [...rows.values()].filter((row) => row !== null).sort((a, b) => a.entryId - b.entryId);
  }
}

function refusalInWords(error: unknown): string {
  const isFull = error instanceof DOMException && error.name === "QuotaExceededError";
  return isFull ? t("The browser has no room left.") : sentenceOf(error);
}
