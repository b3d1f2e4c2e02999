import { expect, test } from "vitest";
import { imagePoint, imageToScreen, screenPoint } from "../geometry";
import { TestEditor } from "./testing/testEditor";

const stateOf = (test: TestEditor) => test.editor.state.commenting;

test("a comment is placed where the image was pressed", async () => {
  const test = await TestEditor.open();
  test.editor.commenting.allow(true);
  await test.press("T");
  expect(stateOf(test).isPlacing).toBe(true);
  test.editor.commenting.placeAt(imageToScreen(imagePoint(30, 20), test.editor.state.session.viewport));
  expect(stateOf(test).draftPoint?.x).toBeCloseTo(30);
  expect(stateOf(test).draftPoint?.y).toBeCloseTo(20);
  expect(stateOf(test).isPlacing).toBe(false);
});

test("a press beside the image means the nearest place on it", async () => {
  const test = await TestEditor.open();
  test.editor.commenting.placeAt(screenPoint(-500, 5000));
  expect(stateOf(test).draftPoint).toEqual({ x: 0, y: 64 });
});

test("whoever may only look is told so", async () => {
  const test = await TestEditor.open();
  await test.press("T");
  expect(stateOf(test).isPlacing).toBe(false);
  expect(test.editor.commands.get("comment.add")?.disabledReason()).toMatch(/only look/);
});

test("Escape closes a comment before it touches the prompt", async () => {
  const test = await TestEditor.open();
  await test.click(40, 30);
  test.editor.commenting.open(7);
  await test.press("Escape");
  expect(stateOf(test).openThreadId).toBeNull();
  expect(test.snapshot.promptPoints).toHaveLength(1);
});

test("a thread out of sight is brought into the middle", async () => {
  const test = await TestEditor.open();
  test.editor.view.zoom(16, screenPoint(0, 0));
  test.editor.commenting.show(7, imagePoint(48, 32));
  const { x, y } = imageToScreen(imagePoint(48, 32), test.editor.state.session.viewport);
  expect([Math.round(x), Math.round(y)]).toEqual([300, 200]);
  expect(stateOf(test).openThreadId).toBe(7);
});

test("another image begins without an open comment", async () => {
  const test = await TestEditor.open();
  test.editor.commenting.open(7);
  await test.editor.openImage(2);
  expect(stateOf(test)).toMatchObject({ openThreadId: null, draftPoint: null, arePinsVisible: true });
});
