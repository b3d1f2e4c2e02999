import { t } from "../words";
/** The server refused: its code, its status and its sentence, which says what to do. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
    readonly data: Readonly<Record<string, unknown>> = {},
    /** Seconds that the server asked to wait, if it did. */
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(message);
  }
}

/** No answer came: the server is down, the network is gone, or the answer was not ours (a proxy's page). */
export class NetworkError extends Error {
  override readonly name = "NetworkError";
  /** Marks the message as a sentence that says what to do, as ApiError's are. */
  readonly code = "no_answer";

  constructor(message = t("The server does not answer. Check that it is running and that you are online.")) {
    super(message);
  }
}

/** Whether the same request may succeed later without anybody changing it. */
export function isTemporary(error: unknown): boolean {
  if (error instanceof NetworkError) return true;
  return error instanceof ApiError && (error.status >= 500 || error.status === 408 || error.status === 429);
}

/** A sentence for a person, whatever was thrown. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error && error.message
    ? error.message
    : t("Something went wrong in the page. Please reload it.");
}
