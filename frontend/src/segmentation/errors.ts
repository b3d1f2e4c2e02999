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

export function reportOf(error: unknown): ErrorReport {
  if (error instanceof SegmentationError) return { code: error.code, message: error.message };
  const detail = error instanceof Error ? error.message : String(error);
  return { code: "decoder_failed", message: `The mask decoder failed (${detail}). Reload the page to start it again.` };
}
