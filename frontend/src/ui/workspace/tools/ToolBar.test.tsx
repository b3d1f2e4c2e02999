// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { rectangle } from "../../../editor/testing/masks";
import { TestEditor } from "../../../editor/testing/testEditor";
import { ToolBar } from "./ToolBar";
import { ToolOptions } from "./ToolOptions";

afterEach(cleanup);

async function show() {
  const { editor } = await TestEditor.open({ 1: [rectangle("square", [10, 10, 10, 10])] });
  render(
    <>
      <ToolBar editor={editor} />
      <ToolOptions editor={editor} />
    </>,
  );
  return editor;
}

test("a button takes its tool into the hand, and is pressed", async () => {
  const editor = await show();
  fireEvent.click(screen.getByRole("button", { name: "Brush" }));
  expect(editor.state.session.tool).toBe("brush");
  expect(screen.getByRole("button", { name: "Brush" }).getAttribute("aria-pressed")).toBe("true");
});

test("arrows go from tool to tool", async () => {
  await show();
  const brush = screen.getByRole("button", { name: "Brush" });
  brush.focus();
  fireEvent.keyDown(brush, { key: "ArrowDown" });
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Eraser" }));
});

test("the brush's size is typed, and kept in its range", async () => {
  const editor = await show();
  act(() => editor.tools.choose("brush"));
  fireEvent.change(screen.getByRole("spinbutton", { name: "Size" }), { target: { value: "5000" } });
  expect(editor.tools.settings.brushDiameter).toBe(2000);
  fireEvent.change(screen.getByRole("slider", { name: "Size" }), { target: { value: "0" } });
  expect(editor.tools.settings.brushDiameter).toBe(1);
});

test("what can be done to masks is offered while one is selected", async () => {
  const editor = await show();
  expect(screen.queryByRole("toolbar", { name: "Selected masks" })).toBeNull();
  act(() => editor.select("square"));
  fireEvent.click(screen.getByRole("button", { name: "Change shape" }));
  fireEvent.click(screen.getByRole("menuitem", { name: /Grow mask/ }));
  expect(editor.state.document.annotations.get("square")?.area).toBeGreaterThan(100);
});

test("an open shape can be closed without keys", async () => {
  const editor = await show();
  act(() => editor.tools.choose("polygon"));
  for (const [x, y] of [
    [50, 50],
    [300, 50],
    [300, 300],
  ] as const) {
    act(() => editor.gestures.pointerDown({ x, y }));
    act(() => editor.gestures.pointerUp({ x, y }));
  }
  fireEvent.click(screen.getByRole("button", { name: "Close the shape" }));
  expect(editor.state.document.annotations.size).toBe(2);
});
