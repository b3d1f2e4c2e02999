import { ApiError } from "../errors";
import { request } from "../http";
import { type Delayed, failureOf } from "../journal/failures";
import type { ThreadDto } from "../types";
import { type CommentEntry, threadRefOf } from "./entries";

/** What became of one attempt to send a saying. */
export type SayResult =
  /** The thread as it is now; null: the comment, and perhaps its thread, is gone. */
  | { readonly kind: "said"; readonly thread: ThreadDto | null }
  /** What it belongs to is gone. */
  | { readonly kind: "gone" }
  | { readonly kind: "rejected"; readonly problem: string }
  | Delayed;

export type SayTransport = (entry: CommentEntry) => Promise<SayResult>;

const TIMEOUT_MS = 30_000;

export const sendSaying: SayTransport = async (entry) => {
  try {
    return { kind: "said", thread: await send(entry) };
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return goneOf(entry);
    const failure = failureOf(error);
    return failure.kind === "rejected" ? { kind: "rejected", problem: failure.error.message } : failure;
  }
};

/** What is deleted already need not be deleted, and what is gone need not be resolved. */
function goneOf({ saying }: CommentEntry): SayResult {
  return saying.kind === "delete" || saying.kind === "resolve" ? { kind: "said", thread: null } : { kind: "gone" };
}

function send({ imageId, saying }: CommentEntry): Promise<ThreadDto | null> {
  const options = { signal: AbortSignal.timeout(TIMEOUT_MS), keepalive: true } as const;
  const thread = threadRefOf(saying);
  switch (saying.kind) {
    case "start": {
      const { key, x, y, text } = saying;
      return request(`images/${imageId}/threads/`, { ...options, method: "POST", body: { key, x, y, text } });
    }
    case "reply": {
      const { key, text } = saying;
      return request(`threads/${thread}/comments/`, { ...options, method: "POST", body: { key, text } });
    }
    case "resolve":
      return request(`threads/${thread}/`, { ...options, method: "PATCH", body: { resolved: saying.resolved } });
    case "delete":
      return request(`comments/${saying.commentId}/`, { ...options, method: "DELETE" });
    default:
      return saying satisfies never;
  }
}
