// @vitest-environment happy-dom
import { cleanup, fireEvent, render } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { settle } from "../../editor/testing/fakes";
import { TestEditor } from "../../editor/testing/testEditor";
import { Canvas } from "./Canvas";

afterEach(cleanup);

async function open() {
  const driver = await TestEditor.open();
  const { container } = render(<Canvas editor={driver.editor} />);
  const root = container.querySelector<HTMLElement>("[data-workspace]");
  if (!root) throw new Error("the canvas is missing");
  driver.editor.resizeCanvas([400, 600]); // there is no layout here that would say it
  return { driver, root };
}
const MIDDLE = { clientX: 300, clientY: 200, button: 0, pointerId: 1 };

test("a press on the canvas is a click for the decoder, a right press a background point", async () => {
  const { driver, root } = await open();
  fireEvent.pointerDown(root, MIDDLE);
  fireEvent.pointerUp(root, MIDDLE);
  await settle();
  fireEvent.pointerDown(root, { ...MIDDLE, clientX: 310, button: 2 });
  fireEvent.pointerUp(root, { ...MIDDLE, clientX: 310, button: 2 });
  await settle();
  expect(driver.prompt.points.map(({ label }) => label)).toEqual([1, 0]);
});

test("the state is in the attributes that tests wait for, and in describe()", async () => {
  const { driver, root } = await open();
  expect(root.dataset).toMatchObject({ imageState: "ready", embeddingState: "ready", candidateCount: "0" });
  fireEvent.pointerDown(root, MIDDLE);
  fireEvent.pointerUp(root, MIDDLE);
  await settle();
  expect(root.dataset).toMatchObject({ candidateCount: "3", decoding: "false", decodeMs: "12" });
  expect((root as unknown as { describe(): unknown }).describe()).toEqual(driver.editor.describe());
});

test("keys work wherever the focus is, but not where somebody types", async () => {
  const { driver, root } = await open();
  fireEvent.pointerDown(root, MIDDLE);
  fireEvent.pointerUp(root, MIDDLE);
  await settle();
  const field = document.body.appendChild(document.createElement("input"));
  fireEvent.keyDown(field, { key: "Enter" });
  expect(driver.sync.saved).toHaveLength(0);
  field.remove();
  fireEvent.keyDown(document.body, { key: "Enter" });
  expect(driver.sync.saved).toHaveLength(1);
});

test("Enter on a button that the keyboard reached presses the button; a clicked button lets go of the focus", async () => {
  const { driver, root } = await open();
  fireEvent.pointerDown(root, MIDDLE);
  fireEvent.pointerUp(root, MIDDLE);
  await settle();
  const button = document.body.appendChild(document.createElement("button"));
  button.focus();
  fireEvent.keyDown(button, { key: "Enter" });
  expect(driver.sync.saved).toHaveLength(0);
  fireEvent.click(button, { detail: 1 });
  expect(document.activeElement).not.toBe(button);
  button.remove();
});

test("the wheel does not scroll the page", async () => {
  const { root } = await open();
  expect(fireEvent.wheel(root, { deltaY: 100 })).toBe(false);
  expect(fireEvent.contextMenu(root)).toBe(false);
});

test("Alt, which makes the brush erase, does not lead to the browser's menu", async () => {
  await open();
  expect(fireEvent.keyDown(document.body, { key: "Alt", altKey: true })).toBe(false);
  const field = document.body.appendChild(document.createElement("input"));
  expect(fireEvent.keyDown(field, { key: "Alt", altKey: true })).toBe(true);
  field.remove();
});

function gesture(type: string, scale: number): Event {
  return Object.assign(new Event(type, { cancelable: true, bubbles: true }), { scale, clientX: 300, clientY: 200 });
}

test("two fingers on the touch pad of a Mac zoom the image in Safari, not the page", async () => {
  const { driver, root } = await open();
  const before = driver.editor.state.session.viewport.scale;
  expect(fireEvent(root, gesture("gesturestart", 1))).toBe(false);
  fireEvent(root, gesture("gesturechange", 1.5));
  expect(fireEvent(root, gesture("gesturechange", 2))).toBe(false);
  expect(driver.editor.state.session.viewport.scale).toBeCloseTo(2 * before);
});
