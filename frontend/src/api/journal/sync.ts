import type { Annotation } from "../../document";
import { t } from "../../words";
import type { AnnotationDto } from "../types";
import { type JournalEntry, versionOf, withoutAttributes } from "./entries";
import type { AnnotationJournal } from "./journal";
import { contentOf, mineOf, theirsOf, withUnsent } from "./overlay";

export interface SyncStatus {
  readonly state: "saved" | "saving" | "offline" | "failed";
  readonly pending: number;
  readonly message: string | null;
}

export interface SyncConflict {
  readonly id: string;
  readonly imageId: number;
  readonly mine: Annotation | null;
  readonly theirs: Annotation | null;
}

export type SyncEvent =
  | { readonly type: "status"; readonly status: SyncStatus }
  | { readonly type: "conflict"; readonly conflict: SyncConflict }
  | { readonly type: "remote"; readonly id: string; readonly imageId: number; readonly annotation: Annotation | null };

/** The editor's port `AnnotationSync` on top of the journal. */
export class JournalSync {
  private readonly listeners = new Set<(event: SyncEvent) => void>();
  private last: SyncStatus;
  private announced = new Set<number>();

  constructor(private readonly journal: AnnotationJournal) {
    this.last = statusOf(journal);
    journal.subscribe(() => this.onJournalChange());
  }

  save(annotation: Annotation): void {
    this.record(annotation, contentOf(annotation));
  }

  remove(annotation: Annotation): void {
    this.record(annotation, { kind: "delete" });
  }

  resolve(conflict: SyncConflict, choice: "mine" | "theirs"): void {
    for (const entry of this.undecidedOf(conflict.id)) void this.settle(entry, choice);
  }

  /** Gives an own change up for what the server holds, or sends it again on top of it. */
  async settle(entry: JournalEntry, choice: "mine" | "theirs"): Promise<void> {
    if (choice === "mine") return this.journal.keepMine(entry.entryId);
    await this.journal.discard(entry.entryId);
    if (entry.state.kind !== "conflict") return;
    const version = versionOf(entry.state.theirs);
    if (version !== null) this.journal.learnVersion(entry.annotationId, version);
    const annotation = theirsOf(entry.state.theirs);
    this.emit({ type: "remote", id: entry.annotationId, imageId: entry.imageId, annotation });
  }

  /** Sends a change again without the attributes that the server refused; whoever shows it hears of it. */
  async settleWithout(entry: JournalEntry, attributes: readonly string[]): Promise<void> {
    await this.journal.keepWithout(entry.entryId, attributes);
    const annotation = mineOf(withoutAttributes(entry, attributes));
    this.emit({ type: "remote", id: entry.annotationId, imageId: entry.imageId, annotation });
  }

  status(): SyncStatus {
    return this.last;
  }

  subscribe(listener: (event: SyncEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The annotations of an image as this user left them. `list` asks the server. */
  async openImage(imageId: number, list: () => Promise<readonly AnnotationDto[]>): Promise<Annotation[]> {
    for (;;) {
      const before = await this.journal.adopt(imageId);
      const listed = await list();
      const after = await this.journal.adopt(imageId);
      const remaining = new Set(after.map((entry) => entry.entryId));
      // An entry that was confirmed while the list was on its way is in neither: ask again.
      if (!before.every((entry) => remaining.has(entry.entryId))) continue;
      for (const { id, version } of listed) this.journal.learnVersion(id, version);
      return withUnsent(listed, after);
    }
  }

  /** Conflicts of one image, for an editor that has just opened it. */
  conflictsOf(imageId: number): SyncConflict[] {
    return this.journal
      .status()
      .undecided.filter((entry) => entry.imageId === imageId && entry.state.kind === "conflict")
      .map(conflictOf);
  }

  private record(annotation: Annotation, content: Parameters<AnnotationJournal["record"]>[0]["content"]): void {
    // A failure to write is in the journal's status.
    this.journal.record({ annotationId: annotation.id, imageId: annotation.imageId, content }).catch(() => undefined);
  }

  private undecidedOf(annotationId: string): JournalEntry[] {
    return this.journal.status().undecided.filter((entry) => entry.annotationId === annotationId);
  }

  private onJournalChange(): void {
    const status = statusOf(this.journal);
    if (!isSameStatus(status, this.last)) {
      this.last = status;
      this.emit({ type: "status", status });
    }
    const undecided = this.journal.status().undecided;
    const announcedBefore = this.announced;
    this.announced = new Set();
    for (const entry of undecided) {
      if (entry.state.kind !== "conflict") continue;
      this.announced.add(entry.entryId);
      if (!announcedBefore.has(entry.entryId)) this.emit({ type: "conflict", conflict: conflictOf(entry) });
    }
  }

  private emit(event: SyncEvent): void {
    for (const listener of this.listeners) listener(event);
  }
}

const CONFLICT_MESSAGE = t("Somebody else changed an annotation that you changed too. Choose which one stays.");

export function conflictOf(entry: JournalEntry): SyncConflict {
  const theirs = entry.state.kind === "conflict" ? theirsOf(entry.state.theirs) : null;
  return { id: entry.annotationId, imageId: entry.imageId, mine: mineOf(entry), theirs };
}

function statusOf(journal: AnnotationJournal): SyncStatus {
  const { waiting, undecided, obstacle, storageProblem } = journal.status();
  const [refused] = undecided;
  if (storageProblem !== null) return { state: "failed", pending: waiting, message: storageProblem };
  if (refused) {
    const message = refused.state.kind === "rejected" ? refused.state.problem.message : CONFLICT_MESSAGE;
    return { state: "failed", pending: waiting, message };
  }
  if (waiting === 0) return { state: "saved", pending: 0, message: null };
  return { state: obstacle === null ? "saving" : "offline", pending: waiting, message: obstacle };
}

function isSameStatus(a: SyncStatus, b: SyncStatus): boolean {
  return a.state === b.state && a.pending === b.pending && a.message === b.message;
}
