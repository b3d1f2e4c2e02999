import { expect, test } from "vitest";
import { settle } from "./testing/fakes";
import { TestEditor } from "./testing/testEditor";

test("a mask is made with arrows, space and Enter alone", async () => {
  const test = await TestEditor.open();
  const { keyboardPointer } = test.editor;
  keyboardPointer.appear();
  keyboardPointer.move(1, 0);
  keyboardPointer.press(false);
  keyboardPointer.release();
  await settle();
  expect(test.prompt.points.map(({ label }) => label)).toEqual([1]);
  for (let press = 0; press < 4; press++) keyboardPointer.move(0, 1);
  keyboardPointer.press(true);
  keyboardPointer.release();
  await settle();
  expect(test.prompt.points.map(({ label }) => label)).toEqual([1, 0]);
  await test.press("Enter");
  expect(test.snapshot.annotations).toHaveLength(1);
});

test("holding space while moving drags a box", async () => {
  const test = await TestEditor.open();
  const { keyboardPointer } = test.editor;
  keyboardPointer.appear();
  keyboardPointer.press(false);
  keyboardPointer.move(1, 0);
  keyboardPointer.move(0, 1);
  keyboardPointer.release();
  await settle();
  expect(test.prompt.box).not.toBeNull();
});

test("at the edge the image moves, and the pointer stays in sight", async () => {
  const test = await TestEditor.open();
  test.editor.zoomToActualSize();
  test.editor.zoomBy(20);
  test.editor.keyboardPointer.appear();
  const before = test.editor.state.session.viewport.offsetX;
  for (let press = 0; press < 40; press++) test.editor.keyboardPointer.move(1, 0);
  expect(test.editor.state.session.viewport.offsetX).toBeLessThan(before);
  expect(test.editor.state.keyboardPointer?.x).toBeLessThan(600);
});

test("it comes back where it was, and is gone without the focus", async () => {
  const test = await TestEditor.open();
  test.editor.keyboardPointer.appear();
  test.editor.keyboardPointer.move(-1, 0);
  const at = test.editor.state.keyboardPointer;
  test.editor.keyboardPointer.vanish();
  expect(test.editor.state.keyboardPointer).toBeNull();
  test.editor.keyboardPointer.appear();
  expect(test.editor.state.keyboardPointer).toEqual(at);
});
