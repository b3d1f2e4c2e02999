import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import {
  type CommentEntry,
  type CommentOutbox,
  listThreads,
  provisionalId,
  type ShownThread,
  sentenceOf,
  type ThreadDto,
  withUnsent,
} from "../../api";
import { newUuid } from "../../editor";
import type { CommentActions } from "../../ui/workspace/comments";
import { keys, queryClient } from "../queryClient";
import { useUser } from "../session/sessionContext";
import { useJournal } from "../shell/journalContext";

const NONE: readonly ThreadDto[] = [];
/** Others write too; there is no hurry to read it. */
const POLL_MS = 30_000;

export interface Threads {
  readonly threads: readonly ShownThread[];
  readonly problem: string | null;
  readonly actions: CommentActions;
}

/**
 * The comments of an image, with what this browser has not sent yet, and what can be done with them. `onBegun`: a thread
 * that was shown under the first id has the second one now.
 */
export function useThreads(imageId: number, onBegun: (provisional: number, id: number) => void): Threads {
  const { comments: outbox } = useJournal();
  const { username } = useUser();
  const query = useQuery({
    queryKey: keys.threads(imageId),
    queryFn: ({ signal }) => listThreads(imageId, signal),
    refetchInterval: POLL_MS,
  });
  const unsent = useUnsent(outbox, imageId);
  const listed = query.data ?? NONE;
  const threads = useMemo(() => withUnsent(listed, unsent), [listed, unsent]);
  useEffect(
    () =>
      outbox.onSaid((entry, thread) => {
        void keepAnswer(entry, thread);
        if (entry.saying.kind === "start" && thread) onBegun(provisionalId(entry.entryId), thread.id);
      }),
    [outbox, onBegun],
  );
  const actions = useMemo(() => actionsFor(outbox, imageId, username), [outbox, imageId, username]);
  return { threads, problem: query.isError && !query.data ? sentenceOf(query.error) : null, actions };
}

function useUnsent(outbox: CommentOutbox, imageId: number): readonly CommentEntry[] {
  const { entries } = useSyncExternalStore(
    (listener) => outbox.subscribe(listener),
    () => outbox.status(),
  );
  const unsent = useMemo(() => entries.filter((entry) => entry.imageId === imageId), [entries, imageId]);
  const before = useRef(0);
  useEffect(() => {
    // Another tab may have sent it: then nobody has told this one what became of it.
    if (unsent.length < before.current) void queryClient.invalidateQueries({ queryKey: keys.threads(imageId) });
    before.current = unsent.length;
  }, [unsent, imageId]);
  return unsent;
}

/** What the server has answered takes the place of what was unsent, before anybody has to ask again. */
async function keepAnswer({ imageId, saying }: CommentEntry, thread: ThreadDto | null): Promise<void> {
  const queryKey = keys.threads(imageId);
  const update = (edit: (threads: ThreadDto[]) => ThreadDto[]): void => {
    queryClient.setQueryData<ThreadDto[]>(queryKey, (now) => now && edit(now));
  };
  // A list that is on its way was made before.
  const cancelled = queryClient.cancelQueries({ queryKey });
  if (thread) update((now) => [...now.filter(({ id }) => id !== thread.id), thread].sort((a, b) => a.id - b.id));
  else if (saying.kind === "delete") update((now) => without(now, saying.commentId));
  await cancelled;
}

/** A thread goes with its last comment. */
function without(threads: readonly ThreadDto[], commentId: number): ThreadDto[] {
  return threads
    .map((thread) => ({ ...thread, comments: thread.comments.filter(({ id }) => id !== commentId) }))
    .filter(({ comments }) => comments.length > 0);
}

function actionsFor(outbox: CommentOutbox, imageId: number, username: string): CommentActions {
  const say = outbox.say.bind(outbox, imageId, username);
  return {
    async start({ x, y }, text) {
      return provisionalId(await say({ kind: "start", key: newUuid(), x, y, text }));
    },
    reply: (thread, text) =>
      say({ kind: "reply", key: newUuid(), thread: refOf(thread), x: thread.x, y: thread.y, text }),
    resolve: (thread, resolved) => say({ kind: "resolve", thread: refOf(thread), resolved }),
    remove: ({ id, unsent }) => (unsent ? outbox.takeBack(unsent.entryId) : say({ kind: "delete", commentId: id })),
    retry: ({ entryId }) => outbox.retry(entryId),
  };
}

/** A thread that is not sent yet is named by its first comment. */
function refOf({ id, comments }: ShownThread): number | string {
  return id < 0 ? (comments[0]?.key ?? id) : id;
}
