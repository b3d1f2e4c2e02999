import type { Upload } from "../../api";
import { countOf } from "../words";

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
    const title = `Uploading ${countOf(uploads.length, "file")}, ${uploads.length - open} done`;
    return { title, progress, isRunning: true, retryable };
  }
  const parts = [
    count("added") > 0 && `${countOf(count("added"), "image")} added`,
    count("duplicate") > 0 && `${count("duplicate")} already here`,
    failures > 0 && `${failures} failed`,
    count("cancelled") > 0 && `${count("cancelled")} cancelled`,
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
