import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import {
  deleteComment,
  listThreads,
  replyToThread,
  resolveThread,
  sentenceOf,
  startThread,
  type ThreadDto,
} from "../../api";
import { notify } from "../../ui/components";
import type { CommentActions } from "../../ui/workspace/comments";
import { keys, queryClient } from "../queryClient";

const NONE: readonly ThreadDto[] = [];
/** Others write too; there is no hurry to read it. */
const POLL_MS = 30_000;

export interface Threads {
  readonly threads: readonly ThreadDto[];
  readonly problem: string | null;
  readonly actions: CommentActions;
}

/** The comments of an image and what can be done with them. A refusal is shown, and nothing changes. */
export function useThreads(imageId: number): Threads {
  const query = useQuery({
    queryKey: keys.threads(imageId),
    queryFn: ({ signal }) => listThreads(imageId, signal),
    refetchInterval: POLL_MS,
  });
  const actions = useMemo(() => actionsFor(imageId), [imageId]);
  return {
    threads: query.data ?? NONE,
    problem: query.isError && !query.data ? sentenceOf(query.error) : null,
    actions,
  };
}

function actionsFor(imageId: number): CommentActions {
  const update = (edit: (threads: ThreadDto[]) => ThreadDto[]): void => {
    queryClient.setQueryData<ThreadDto[]>(keys.threads(imageId), (now) => edit(now ?? []));
  };
  const put = (thread: ThreadDto): ThreadDto => {
    update((now) => [...now.filter(({ id }) => id !== thread.id), thread].sort((a, b) => a.id - b.id));
    return thread;
  };
  return {
    start: ({ x, y }, text) => told(startThread(imageId, { x, y, text })).then(put),
    reply: (threadId, text) => told(replyToThread(threadId, text)).then(put),
    resolve: (threadId, resolved) => told(resolveThread(threadId, resolved)).then(put),
    remove: (commentId) => told(deleteComment(commentId)).then(() => update((now) => without(now, commentId))),
  };
}

/** A thread goes with its last comment. */
function without(threads: readonly ThreadDto[], commentId: number): ThreadDto[] {
  return threads
    .map((thread) => ({ ...thread, comments: thread.comments.filter(({ id }) => id !== commentId) }))
    .filter(({ comments }) => comments.length > 0);
}

async function told<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    notify({ level: "error", message: sentenceOf(error) });
    throw error;
  }
}
