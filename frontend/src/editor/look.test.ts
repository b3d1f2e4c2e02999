import { expect, test } from "vitest";
import { imagePoint, screenPoint, screenToImage } from "../geometry";
import { NEUTRAL_TONE } from "../session";
import { TestEditor } from "./testing/testEditor";

test("opacity and tone stay within what can be seen", async () => {
  const { editor } = await TestEditor.open();
  editor.look.setOpacity(7);
  editor.look.setTone({ gamma: 100, brightness: -3 });
  expect(editor.look.display.opacity).toBe(1);
  expect(editor.look.display.tone).toEqual({ ...NEUTRAL_TONE, gamma: 5, brightness: -1 });
  editor.look.resetTone();
  expect(editor.look.display.tone).toEqual(NEUTRAL_TONE);
});

test("one mask may have an opacity of its own, until it is like the others again", async () => {
  const { editor } = await TestEditor.open();
  editor.look.setOpacityOf("a", 0.9);
  expect([...editor.look.display.opacityOf]).toEqual([["a", 0.9]]);
  editor.look.setOpacityOf("a", null);
  expect(editor.look.display.opacityOf.size).toBe(0);
});

test("keys change how masks look", async () => {
  const test = await TestEditor.open();
  await test.press("O");
  expect(test.editor.look.display.maskStyle).toBe("outline");
  await test.press("O");
  expect(test.editor.look.display.maskStyle).toBe("fill");
});

test("nothing can be isolated while nothing is selected", async () => {
  const { editor } = await TestEditor.open();
  expect(editor.commands.get("look.isolate")?.disabledReason()).toContain("Select");
});

test("how the image looks is no step of the history", async () => {
  const { editor } = await TestEditor.open();
  editor.look.setTone({ brightness: 0.3 });
  expect(editor.state.history.done).toHaveLength(0);
});

test("the image moves so that a point is in the middle", async () => {
  const { editor } = await TestEditor.open();
  editor.view.zoom(4);
  editor.view.centreOn(imagePoint(50, 30));
  const [height, width] = editor.state.canvasHw;
  const middle = screenToImage(screenPoint(width / 2, height / 2), editor.state.session.viewport);
  expect([middle.x, middle.y].map(Math.round)).toEqual([50, 30]);
});

test("what the interface sees is the same object while only the image moves", async () => {
  const { editor } = await TestEditor.open();
  editor.view.zoom(4);
  const before = editor.getSnapshot();
  editor.view.pan(3, 2);
  expect(editor.getSnapshot()).toBe(before);
  editor.look.setOpacity(0.2);
  expect(editor.getSnapshot()).not.toBe(before);
  expect(editor.getSnapshot().annotations).toBe(before.annotations);
});
