import { t } from "../words";
/** What can go wrong between the page and a mask. `code` is stable; the message says what to do. */
export interface ErrorReport {
  readonly code: string;
  readonly message: string;
}

/** Crosses the worker boundary as an ErrorReport. */
export class SegmentationError extends Error {
  override readonly name = "SegmentationError";
  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Our errors know their code and say what to do; of all others only the detail is known. */
export function reportOf(error: unknown): ErrorReport {
  if (error instanceof Error && "code" in error && typeof error.code === "string") {
    return { code: error.code, message: error.message };
  }
  const detail = error instanceof Error ? error.message : String(error);
  return {
    code: "unexpected",
    message: t("Something went wrong ({detail}). Reload the page to start again.", { detail }),
  };
}
