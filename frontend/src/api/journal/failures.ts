import { t } from "../../words";
import { ApiError, isTemporary, sentenceOf } from "../errors";

/** Sent again later as it is. */
export type Delayed =
  /** The server cannot take anything now: unreachable, or nobody is signed in. */
  | { readonly kind: "unreachable"; readonly message: string }
  /** This one failed on the server's side; others may pass. */
  | { readonly kind: "later"; readonly message: string };

/** The server will never take it as it is. */
export interface Rejected {
  readonly kind: "rejected";
  readonly error: ApiError;
}

/** What is to be done about something that could not be sent. */
export function failureOf(error: unknown): Delayed | Rejected {
  if (!(error instanceof ApiError)) return { kind: "unreachable", message: unreachableSentence(error) };
  // 401: signed out. 403 `csrf_failed` comes from a stale CSRF cookie: signing in again heals both.
  if (error.status === 401 || error.code === "csrf_failed") {
    return { kind: "unreachable", message: t("You are signed out. Sign in again and your masks are sent.") };
  }
  return isTemporary(error) ? { kind: "later", message: error.message } : { kind: "rejected", error };
}

function unreachableSentence(error: unknown): string {
  const timedOut = error instanceof DOMException && error.name === "TimeoutError";
  return timedOut ? t("The server did not answer in time.") : sentenceOf(error);
}
