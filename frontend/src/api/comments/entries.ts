/** A thread by its id; or, while the server has none of it, by the key of the comment that begins it. */
export type ThreadRef = number | string;

/** What somebody said or did about a place of an image. */
export type Saying =
  | { readonly kind: "start"; readonly key: string; readonly x: number; readonly y: number; readonly text: string }
  | {
      readonly kind: "reply";
      readonly key: string;
      readonly thread: ThreadRef;
      /** Of the thread: should it be gone, the reply begins another one there. */
      readonly x: number;
      readonly y: number;
      readonly text: string;
    }
  | { readonly kind: "resolve"; readonly thread: ThreadRef; readonly resolved: boolean }
  | { readonly kind: "delete"; readonly commentId: number };

/** A saying that the server has not confirmed. */
export interface CommentEntry {
  readonly entryId: number;
  readonly imageId: number;
  readonly saying: Saying;
  /** Username. */
  readonly author: string;
  /** Milliseconds since 1970. */
  readonly saidAt: number;
  /** Why the server refuses it: it waits for its author. Null while it waits for the server. */
  readonly problem: string | null;
}

/** The thread that this saying goes into; null: it makes one, or needs none. */
export function threadRefOf(saying: Saying): ThreadRef | null {
  return saying.kind === "reply" || saying.kind === "resolve" ? saying.thread : null;
}

/** The same, now that the server has begun the thread. */
export function inThread(entry: CommentEntry, key: string, threadId: number): CommentEntry {
  const { saying } = entry;
  if (saying.kind !== "reply" && saying.kind !== "resolve") return entry;
  return saying.thread === key ? { ...entry, saying: { ...saying, thread: threadId } } : entry;
}

/** A reply whose thread is gone says the same, at the same place. */
export function asStart(entry: CommentEntry): CommentEntry {
  if (entry.saying.kind !== "reply") return entry;
  const { key, x, y, text } = entry.saying;
  return { ...entry, saying: { kind: "start", key, x, y, text } };
}
