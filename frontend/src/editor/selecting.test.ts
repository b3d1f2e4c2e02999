import { expect, test } from "vitest";
import { small } from "./testing/masks";
import { TestEditor } from "./testing/testEditor";

const open = () => TestEditor.open({ 1: ["a", "b", "c"].map(small) });

test("deleting several is one step", async () => {
  const test = await open();
  test.editor.selecting.only("a");
  test.editor.selecting.toggle("c");
  await test.press("Delete");
  expect(test.snapshot.annotations.map(({ id }) => id)).toEqual(["b"]);
  expect(test.snapshot.undoLabel).toBe("Delete 2 annotations");
  expect(test.snapshot.selectedIds.size).toBe(0);
  await test.press("Mod+Z");
  expect(test.snapshot.annotations.map(({ id }) => id)).toEqual(["a", "b", "c"]);
});

test("a category is given to all that are selected, in one step", async () => {
  const test = await open();
  await test.press("Mod+A");
  await test.press("2");
  expect(test.snapshot.annotations.map(({ categoryId }) => categoryId)).toEqual([12, 12, 12]);
  await test.press("Mod+Z");
  expect(test.snapshot.annotations.map(({ categoryId }) => categoryId)).toEqual([11, 11, 11]);
});

test("arrow keys walk from annotation to annotation, starting at the newest", async () => {
  const test = await open();
  await test.press("ArrowUp");
  expect(test.snapshot.selectedId).toBe("c");
  await test.press("ArrowUp");
  expect(test.snapshot.selectedId).toBe("a");
  await test.press("ArrowDown");
  expect(test.snapshot.selectedId).toBe("c");
});

test("what somebody else deletes is no longer selected", async () => {
  const test = await open();
  test.editor.selecting.all();
  test.sync.emit({ type: "remote", id: "b", imageId: 1, annotation: null });
  await test.press("2");
  expect(test.snapshot.annotations.map(({ id, categoryId }) => [id, categoryId])).toEqual([
    ["a", 12],
    ["c", 12],
  ]);
});

test("the history goes to any step and back", async () => {
  const test = await open();
  test.editor.removeAnnotation("a");
  test.editor.removeAnnotation("b");
  test.editor.timeline.goTo(0);
  expect(test.snapshot.annotations).toHaveLength(3);
  expect(test.snapshot.history.undone).toHaveLength(2);
  test.editor.timeline.goTo(1);
  expect(test.snapshot.annotations.map(({ id }) => id)).toEqual(["b", "c"]);
  test.editor.timeline.goTo(9);
  expect(test.snapshot.annotations.map(({ id }) => id)).toEqual(["c"]);
});
