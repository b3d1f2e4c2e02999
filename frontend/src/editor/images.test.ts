import { expect, test } from "vitest";
import { NetworkError } from "../api";
import { settle } from "./testing/fakes";
import { TestEditor } from "./testing/testEditor";

test("an image is ready when its pixels are there, and clicks when its embedding is", async () => {
  const test = await TestEditor.open();
  expect(test.snapshot).toMatchObject({ imageState: "ready", embeddingState: "ready", image: { id: 1 } });
  expect(test.segmentation.opened).toEqual(["key-1"]);
});

test("the embeddings of the next images are fetched ahead", async () => {
  const test = await TestEditor.open();
  expect(test.segmentation.prefetched).toEqual(["key-2", "key-3"]);
});

test("the keys for the next image ask the page to show it, and say why not at the end", async () => {
  const test = await TestEditor.open();
  await test.press("d");
  await test.press("PageUp");
  expect(test.shownImages).toEqual([2]);
  expect(test.editor.commands.get("image.previous")?.disabledReason()).toBe("This is the first image.");
});

test("a mask that is being made is not lost by going to the next image", async () => {
  const test = await TestEditor.open();
  await test.click(40, 30);
  await test.press("d");
  expect(test.shownImages).toEqual([]);
  expect(test.editor.commands.get("image.next")?.disabledReason()).toMatch(/Accept the mask/);
});

test("the next image starts clean and keeps the category", async () => {
  const test = await TestEditor.open();
  await test.press("2");
  await test.click(40, 30);
  await test.press("Enter");
  await test.editor.openImage(2);
  expect(test.snapshot).toMatchObject({ annotations: [], undoLabel: null, currentCategoryId: 12, selectedId: null });
});

test("an image that was left before it came does not appear", async () => {
  const test = await TestEditor.open();
  const slow = test.editor.openImage(3);
  await test.editor.openImage(4);
  await slow;
  expect(test.snapshot.image?.id).toBe(4);
});

test("an image that cannot be opened says so", async () => {
  const test = await TestEditor.open();
  await test.editor.openImage(99);
  expect(test.snapshot).toMatchObject({ imageState: "failed", problem: expect.stringContaining("no such image") });
});

test("when the server does not answer that is all that is said", async () => {
  const test = new TestEditor();
  const unreachable = new NetworkError();
  test.segmentation.openGate = Promise.reject(unreachable);
  await test.editor.openImage(1);
  expect(test.snapshot.problem).toBe(unreachable.message);
});

test("an embedding that failed says so, and can be tried again", async () => {
  const test = new TestEditor();
  test.segmentation.openGate = Promise.reject(new Error("encoder broke"));
  await test.editor.openImage(1);
  expect(test.snapshot).toMatchObject({ embeddingState: "failed", problem: expect.stringContaining("encoder broke") });
  test.segmentation.openGate = Promise.resolve();
  await test.editor.retryEmbedding();
  expect(test.snapshot).toMatchObject({ embeddingState: "ready", problem: null });
});

test("an image whose segmenter was changed meanwhile is read again, once", async () => {
  const test = new TestEditor();
  test.segmentation.outdated.add("key-1");
  test.source.keys.set(1, ["key-1", "new-key"]);
  await test.editor.openImage(1);
  expect(test.segmentation.opened).toEqual(["key-1", "new-key"]);
  expect(test.snapshot).toMatchObject({ embeddingState: "ready", image: { embeddingKey: "new-key" } });
});

test("an embedding that stays unknown is told", async () => {
  const test = new TestEditor();
  test.segmentation.outdated.add("key-1");
  await test.editor.openImage(1);
  expect(test.segmentation.opened).toEqual(["key-1"]);
  expect(test.snapshot.embeddingState).toBe("failed");
});

test("the state tells that the server still computes", async () => {
  const test = new TestEditor();
  test.segmentation.openGate = new Promise(() => undefined);
  void test.editor.openImage(1);
  await settle();
  expect(test.snapshot.embeddingState).toBe("loading");
  test.segmentation.emit({ type: "embedding_waiting", key: "key-1" });
  expect(test.snapshot.embeddingState).toBe("waiting");
});

test("space and the middle button pan with every tool", async () => {
  const test = await TestEditor.open();
  const before = test.editor.state.session.viewport;
  test.editor.keyDown({ key: " " });
  test.pointerDown(40, 30);
  expect(test.snapshot.gesture).toBe("panning");
  test.pointerMove(50, 30).pointerUp(50, 30);
  test.editor.keyUp({ key: " " });
  expect(test.editor.state.session.viewport.offsetX).toBeGreaterThan(before.offsetX);
  expect(test.segmentation.calls).toEqual([]);
});

test("a fitted image stays fitted when the canvas changes, a zoomed one keeps its zoom", async () => {
  const test = await TestEditor.open();
  test.editor.resizeCanvas([200, 300]);
  const fitted = test.snapshot.zoom;
  test.editor.zoomToFit();
  expect(test.snapshot.zoom).toBe(fitted);
  test.wheel(-200);
  const zoomed = test.snapshot.zoom;
  test.editor.resizeCanvas([400, 600]);
  expect(test.snapshot.zoom).toBe(zoomed);
});

test("the snapshot is the same object until something changes", async () => {
  const test = await TestEditor.open();
  expect(test.editor.getSnapshot()).toBe(test.editor.getSnapshot());
  const before = test.editor.getSnapshot();
  await test.press("H");
  expect(test.editor.getSnapshot()).not.toBe(before);
});
