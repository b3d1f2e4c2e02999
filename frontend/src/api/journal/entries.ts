import type { AnnotationSource, AttributeValues, Provenance } from "../../document";
import type { BboxXywh, Rle } from "../../masks";
import type { AnnotationDto } from "../types";

/** What the user made of an annotation. */
export type ChangeContent =
  | {
      readonly kind: "put";
      readonly category: number;
      readonly rle: Rle;
      readonly source: AnnotationSource;
      readonly provenance: Provenance;
      readonly attributes: AttributeValues;
      readonly locked: boolean;
      /** In the drawing order; null in entries of pages that knew none: the server then keeps its own. */
      readonly position: number | null;
      /** Of the mask; not sent, the server computes its own. */
      readonly area: number;
      readonly bboxXywh: BboxXywh;
    }
  | { readonly kind: "delete" };

/** A change as it comes from the editor. */
export interface Change {
  readonly annotationId: string;
  readonly imageId: number;
  readonly content: ChangeContent;
}

/** What the server holds instead of what we based our change on. */
export type TheirContent =
  | { readonly kind: "put"; readonly annotation: AnnotationDto }
  | { readonly kind: "delete"; readonly version: number | null };

export interface Problem {
  readonly code: string;
  readonly message: string;
  /** Of an `invalid_attributes`: those that the category does not take. */
  readonly attributes?: readonly string[];
}

export type EntryState =
  | { readonly kind: "waiting" }
  /** Somebody else changed the annotation: the user decides. */
  | { readonly kind: "conflict"; readonly theirs: TheirContent }
  /** The server will never take it as it is: the user decides. */
  | { readonly kind: "rejected"; readonly problem: Problem };

/** A change that the server has not confirmed. At most one for each annotation and tab; later changes replace the content. */
export interface JournalEntry extends Change {
  /** Given by the database, growing: the order in which entries are sent. */
  readonly entryId: number;
  /** The server's version that the content is based on; null when the user has seen none. */
  readonly baseVersion: number | null;
  /** +1 whenever the content changes, so that an answer to older content does not remove newer content. */
  readonly revision: number;
  /** Fingerprints of what was sent without an answer having come: the server may hold any of them. */
  readonly unconfirmed: readonly string[];
  readonly state: EntryState;
  /** Milliseconds since 1970. */
  readonly changedAt: number;
}

export type NewEntry = Omit<JournalEntry, "entryId">;

const OLDER_PUT = { attributes: {}, locked: false, position: null };

/** An entry of a page that knew neither attributes nor locks nor places, as those of today are. */
export function upgraded(entry: JournalEntry): JournalEntry {
  return entry.content.kind === "delete" ? entry : { ...entry, content: { ...OLDER_PUT, ...entry.content } };
}

const WAITING: EntryState = { kind: "waiting" };

export function newEntry(change: Change, baseVersion: number | null, now: number): NewEntry {
  return { ...change, baseVersion, revision: 1, unconfirmed: [], state: WAITING, changedAt: now };
}

/** The newer change takes the place of the older one. A rejected entry gets another chance, a conflict stays one. */
export function withChange(entry: JournalEntry, change: Change, now: number): JournalEntry {
  return {
    ...entry,
    content: change.content,
    revision: entry.revision + 1,
    state: entry.state.kind === "conflict" ? entry.state : WAITING,
    changedAt: now,
  };
}

/** Made and deleted before anything of it was sent: there is nothing to tell the server. */
export function isNothing(entry: JournalEntry): boolean {
  return entry.content.kind === "delete" && entry.baseVersion === null && entry.unconfirmed.length === 0;
}

export function withSendStarted(entry: JournalEntry): JournalEntry {
  const fingerprint = fingerprintOf(entry.content);
  return { ...entry, unconfirmed: [...entry.unconfirmed.filter((known) => known !== fingerprint), fingerprint] };
}

/** After the server stored `sentRevision`: null when nothing newer waits, else the entry for the newer content. */
export function afterStored(entry: JournalEntry, sentRevision: number, version: number | null): JournalEntry | null {
  if (entry.revision === sentRevision) return null;
  return { ...entry, baseVersion: version, unconfirmed: [] };
}

/** After the server refused because it holds something else. Our own earlier content, whose answer was lost, is no conflict. */
export function afterStale(entry: JournalEntry, theirs: TheirContent): JournalEntry {
  if (entry.unconfirmed.slice(0, -1).includes(fingerprintOfTheirs(theirs)) || isSame(entry.content, theirs)) {
    return { ...entry, baseVersion: versionOf(theirs), unconfirmed: [] };
  }
  return { ...entry, state: { kind: "conflict", theirs } };
}

export function withProblem(entry: JournalEntry, problem: Problem): JournalEntry {
  return { ...entry, state: { kind: "rejected", problem } };
}

/** The user's content is to win over `theirs`, which the user has seen. */
export function keepingMine(entry: JournalEntry, theirs: TheirContent): JournalEntry {
  return { ...entry, baseVersion: versionOf(theirs), unconfirmed: [], state: WAITING };
}

/** The attributes that the server does not take are given up, so that the mask can be saved. */
export function withoutAttributes(entry: JournalEntry, names: readonly string[]): JournalEntry {
  if (entry.content.kind === "delete") return entry;
  const kept = Object.entries(entry.content.attributes).filter(([name]) => !names.includes(name));
  const content = { ...entry.content, attributes: Object.fromEntries(kept) };
  return { ...entry, content, state: WAITING };
}

export function retried(entry: JournalEntry): JournalEntry {
  return { ...entry, state: WAITING };
}

export function versionOf(theirs: TheirContent): number | null {
  return theirs.kind === "put" ? theirs.annotation.version : theirs.version;
}

/** Equal for equal category, mask, attributes, lock and place. */
export function fingerprintOf(content: ChangeContent): string {
  return content.kind === "delete" ? "deleted" : fingerprint(content);
}

function fingerprintOfTheirs(theirs: TheirContent): string {
  return theirs.kind === "delete" ? "deleted" : fingerprint(theirs.annotation);
}

type Fingerprinted = Pick<AnnotationDto, "category" | "attributes" | "locked"> & {
  readonly rle: Pick<Rle, "counts"> & { readonly size: readonly number[] };
  readonly position: number | null;
};

function fingerprint({ category, rle, attributes, locked, position }: Fingerprinted): string {
  const values = Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([category, rle.size, rle.counts, values, locked, position]);
}

function isSame(content: ChangeContent, theirs: TheirContent): boolean {
  return fingerprintOf(content) === fingerprintOfTheirs(theirs);
}
