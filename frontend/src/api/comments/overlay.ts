import type { ThreadDto } from "../types";
import type { CommentEntry, ThreadRef } from "./entries";

type CommentDto = ThreadDto["comments"][number];

/** What is not on the server yet, or was refused there. */
export interface Unsent {
  readonly entryId: number;
  readonly problem: string | null;
}

export interface ShownComment extends CommentDto {
  readonly unsent?: Unsent;
}

/** A thread as its readers see it. One that is not sent yet has an id below zero. */
export interface ShownThread extends Omit<ThreadDto, "comments"> {
  readonly comments: readonly ShownComment[];
}

/** What the server has of an image, with what this browser has not sent yet, oldest first, on top. */
export function withUnsent(listed: readonly ThreadDto[], unsent: readonly CommentEntry[]): ShownThread[] {
  return unsent.reduce<ShownThread[]>(withEntry, [...listed]).filter(({ comments }) => comments.length > 0);
}

/** The id that a thread has until the server gives it one. */
export const provisionalId = (entryId: number): number => -entryId;

function withEntry(threads: ShownThread[], entry: CommentEntry): ShownThread[] {
  const { saying, author } = entry;
  switch (saying.kind) {
    case "start":
      return isSaid(threads, saying.key) ? threads : [...threads, threadOf(entry, saying)];
    case "reply":
      if (isSaid(threads, saying.key)) return threads;
      return edited(threads, saying.thread, (thread) => ({
        ...thread,
        resolved: false,
        comments: [...thread.comments, commentOf(entry, saying)],
      }));
    case "resolve":
      return edited(threads, saying.thread, (thread) => ({
        ...thread,
        resolved: saying.resolved,
        resolved_by: saying.resolved ? (thread.resolved_by ?? author) : null,
      }));
    case "delete":
      return threads.map((thread) => ({
        ...thread,
        comments: thread.comments.filter(({ id }) => id !== saying.commentId),
      }));
    default:
      return saying satisfies never;
  }
}

/** The answer may have been lost, or the list may have come before it. */
function isSaid(threads: readonly ShownThread[], key: string): boolean {
  return threads.some(({ comments }) => comments.some((comment) => comment.key === key));
}

function edited(
  threads: readonly ShownThread[],
  ref: ThreadRef,
  edit: (thread: ShownThread) => ShownThread,
): ShownThread[] {
  const isMeant = (thread: ShownThread): boolean => thread.id === ref || thread.comments[0]?.key === ref;
  return threads.map((thread) => (isMeant(thread) ? edit(thread) : thread));
}

function threadOf(
  entry: CommentEntry,
  place: { readonly key: string; readonly x: number; readonly y: number; readonly text: string },
): ShownThread {
  return {
    id: provisionalId(entry.entryId),
    image: entry.imageId,
    x: place.x,
    y: place.y,
    resolved: false,
    resolved_by: null,
    comments: [commentOf(entry, place)],
    created_at: new Date(entry.saidAt).toISOString(),
  };
}

function commentOf(
  { entryId, author, saidAt, problem }: CommentEntry,
  { key, text }: { readonly key: string; readonly text: string },
): ShownComment {
  return {
    id: provisionalId(entryId),
    author,
    text,
    key,
    created_at: new Date(saidAt).toISOString(),
    unsent: { entryId, problem },
  };
}
