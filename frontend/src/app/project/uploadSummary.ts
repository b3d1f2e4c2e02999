import type { Upload } from "../../api";
import { formatNumber, t, tn } from "../../words";

export interface UploadSummary {
  readonly title: string;
  /** By bytes, 0 to 1. */
  readonly progress: number;
  readonly isRunning: boolean;
  readonly retryable: number;
}

export function summaryOf(uploads: readonly Upload[]): UploadSummary {
  const count = (kind: Upload["state"]["kind"]): number => uploads.filter(({ state }) => state.kind === kind).length;
  const open = count("waiting") + count("sending");
  const failures = count("failed");
  const retryable = uploads.filter(({ state }) => state.kind === "failed" && state.canRetry).length;
  const total = uploads.reduce((sum, upload) => sum + upload.size, 0);
  const gone = uploads.reduce((sum, upload) => sum + sentBytes(upload), 0);
  const progress = total > 0 ? gone / total : 1;
  if (open > 0) {
    const title = tn("Uploading {count} file, {done} done", "Uploading {count} files, {done} done", uploads.length, {
      done: formatNumber(uploads.length - open),
    });
    return { title, progress, isRunning: true, retryable };
  }
  const parts = [
    count("added") > 0 && tn("{count} image added", "{count} images added", count("added")),
    count("duplicate") > 0 && t("{number} already here", { number: count("duplicate") }),
    failures > 0 && t("{number} failed", { number: failures }),
    count("cancelled") > 0 && t("{number} cancelled", { number: count("cancelled") }),
  ];
  return { title: parts.filter(Boolean).join(", "), progress: 1, isRunning: false, retryable };
}

function sentBytes({ size, state }: Upload): number {
  switch (state.kind) {
    case "waiting":
      return 0;
    case "sending":
      return Math.min(size, state.sent);
    default:
      return size;
  }
}
