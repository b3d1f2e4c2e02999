import { describe, expect, it, vi } from "vitest";
import { ApiError, NetworkError } from "../errors";
import type { ImageDto } from "../types";
import type { SendOptions } from "./sendFile";
import { UploadQueue } from "./uploadQueue";

type Send = (projectId: number, file: File, options: SendOptions) => Promise<ImageDto>;

const image = (filename: string, duplicate = false) => ({ id: 1, filename, duplicate }) as ImageDto;
const file = (name: string, size = 10) => new File([new Uint8Array(size)], name);

function queueOf(send: Send) {
  const onAdded = vi.fn();
  const queue = new UploadQueue({ projectId: 1, maxBytes: 100, onAdded, send });
  const kinds = () => queue.list().map((upload) => upload.state.kind);
  return { queue, kinds, onAdded };
}

describe("the upload queue", () => {
  it("goes on after a file that the server refuses, and keeps its sentence", async () => {
    const { queue, kinds, onAdded } = queueOf(async (_project, { name }) => {
      if (name === "text.jpg") throw new ApiError("image_unreadable", 400, "This is no image.");
      return image(name);
    });
    queue.add([file("a.png"), file("text.jpg"), file("b.png")]);
    await vi.waitFor(() => expect(kinds()).toEqual(["added", "failed", "added"]));
    expect(queue.list()[1]?.state).toEqual({ kind: "failed", message: "This is no image.", canRetry: false });
    expect(onAdded).toHaveBeenCalledTimes(2);
  });

  it("tells duplicates from new images", async () => {
    const { queue, kinds, onAdded } = queueOf(async (_project, { name }) => image(name, true));
    queue.add([file("again.png")]);
    await vi.waitFor(() => expect(kinds()).toEqual(["duplicate"]));
    expect(onAdded).not.toHaveBeenCalled();
  });

  it("sends three at a time", async () => {
    let running = 0;
    let most = 0;
    const { queue, kinds } = queueOf(async (_project, { name }) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 1));
      running -= 1;
      return image(name);
    });
    queue.add(Array.from({ length: 10 }, (_, index) => file(`${index}.png`)));
    await vi.waitFor(() => expect(kinds().every((kind) => kind === "added")).toBe(true));
    expect(most).toBe(3);
  });

  it("tries again what failed for want of a network", async () => {
    let isUp = false;
    const { queue, kinds } = queueOf(async (_project, { name }) => {
      if (!isUp) throw new NetworkError();
      return image(name);
    });
    queue.add([file("a.png")]);
    await vi.waitFor(() => expect(queue.list()[0]?.state).toMatchObject({ kind: "failed", canRetry: true }));
    isUp = true;
    queue.retryAll();
    await vi.waitFor(() => expect(kinds()).toEqual(["added"]));
  });

  it("refuses what is too large or empty without sending it", () => {
    const send = vi.fn<Send>();
    const { queue } = queueOf(send);
    queue.add([file("huge.png", 101), file("empty.png", 0)]);
    expect(queue.list().map((upload) => upload.state.kind)).toEqual(["failed", "failed"]);
    expect(send).not.toHaveBeenCalled();
  });

  it("cancels a running and a waiting file", async () => {
    const { queue, kinds } = queueOf(
      (_project, _file, { signal }) =>
        new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
    );
    queue.add(Array.from({ length: 4 }, (_, index) => file(`${index}.png`)));
    expect(kinds()).toEqual(["sending", "sending", "sending", "waiting"]);
    queue.cancelAll();
    await vi.waitFor(() => expect(kinds()).toEqual(["cancelled", "cancelled", "cancelled", "cancelled"]));
  });
});
