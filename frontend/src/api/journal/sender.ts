import { t } from "../../words";
import { afterStale, afterStored, type JournalEntry, withProblem, withSendStarted } from "./entries";
import type { Exclusive } from "./locks";
import { SendLoop } from "./sendLoop";
import type { Table } from "./table";
import type { SendResult, Transport } from "./transport";

export interface SenderEvents {
  /** The server holds `entry`'s content now, under this version (null: it is gone for good). */
  stored(entry: JournalEntry, version: number | null): void;
  /** Something in the journal, or how sending goes, has changed. */
  changed(): void;
}

/** One entry goes round only while newer content comes in or the version moves: more rounds mean a confused server. */
const MAX_ROUNDS = 20;
/** Sends what waits in the journal: in order for each annotation, one at a time. */
export class Sender {
  readonly loop: SendLoop;

  constructor(
    private readonly store: Table<JournalEntry>,
    private readonly transport: Transport,
    exclusive: Exclusive,
    private readonly events: SenderEvents,
  ) {
    this.loop = new SendLoop(
      () => this.pass(),
      exclusive,
      () => events.changed(),
    );
  }

  private async pass(): Promise<string | null> {
    const blocked = new Set<string>();
    let problem: string | null = null;
    for (const { entryId, annotationId } of await this.store.all()) {
      if (this.loop.isClosed) return null;
      if (blocked.has(annotationId)) continue;
      const outcome = await this.sendOne(entryId);
      if (outcome.kind !== "through") blocked.add(annotationId);
      if (outcome.kind === "later" || outcome.kind === "unreachable") problem = outcome.message;
      if (outcome.kind === "unreachable") break;
    }
    return problem;
  }

  /** Sends one entry until the server holds its newest content, or something stands in the way. */
  private async sendOne(entryId: number): Promise<Outcome> {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      let entry: JournalEntry | null = null;
      await this.store.edit(entryId, (current) => {
        if (current.state.kind !== "waiting") return current;
        entry = withSendStarted(current);
        return entry;
      });
      if (!entry) return (await this.store.get(entryId)) ? { kind: "blocked" } : { kind: "through" };
      const result = await this.transport(entry);
      const outcome = await this.settle(entry, result);
      this.events.changed();
      if (outcome.kind !== "again") return outcome;
    }
    return { kind: "later", message: t("The server keeps giving the same answer. Trying again.") };
  }

  private async settle(entry: JournalEntry, result: SendResult): Promise<Outcome | { kind: "again" }> {
    switch (result.kind) {
      case "stored":
        // Told first: a change that comes in between is then based on the new version, not on the old one.
        this.events.stored(entry, result.version);
        await this.store.edit(entry.entryId, (now) => afterStored(now, entry.revision, result.version));
        return (await this.store.get(entry.entryId)) ? { kind: "again" } : { kind: "through" };
      case "stale": {
        let isConflict = false;
        await this.store.edit(entry.entryId, (now) => {
          const after = afterStale(now, result.theirs);
          isConflict = after.state.kind === "conflict";
          return after;
        });
        return isConflict ? { kind: "blocked" } : { kind: "again" };
      }
      case "rejected": {
        let isOld = false;
        await this.store.edit(entry.entryId, (now) => {
          isOld = now.revision !== entry.revision;
          return isOld ? now : withProblem(now, result.problem);
        });
        return isOld ? { kind: "again" } : { kind: "blocked" };
      }
      case "unreachable":
      case "later":
        return result;
      default:
        return result satisfies never;
    }
  }
}

type Outcome =
  | { readonly kind: "through" }
  | { readonly kind: "blocked" }
  | { readonly kind: "later" | "unreachable"; readonly message: string };
