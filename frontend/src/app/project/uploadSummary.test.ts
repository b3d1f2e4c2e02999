import { expect, it } from "vitest";
import type { ImageDto, Upload, UploadState } from "../../api";
import { summaryOf } from "./uploadSummary";

const image = {} as ImageDto;
const upload = (state: UploadState, size = 100): Upload => ({ id: Math.random(), name: "a.png", size, state });

it("measures progress by bytes", () => {
  const summary = summaryOf([
    upload({ kind: "added", image }),
    upload({ kind: "sending", sent: 50 }),
    upload({ kind: "waiting" }, 200),
  ]);
  expect(summary).toMatchObject({ isRunning: true, title: "Uploading 3 files, 1 done" });
  expect(summary.progress).toBeCloseTo(150 / 400);
});

it("sums up in words what became of the files", () => {
  const summary = summaryOf([
    upload({ kind: "added", image }),
    upload({ kind: "duplicate", image }),
    upload({ kind: "failed", message: "Broken.", canRetry: false }),
    upload({ kind: "failed", message: "No network.", canRetry: true }),
  ]);
  expect(summary).toMatchObject({ isRunning: false, retryable: 1, title: "1 image added, 1 already here, 2 failed" });
});
