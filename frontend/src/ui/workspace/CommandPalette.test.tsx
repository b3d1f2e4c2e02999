// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { settle } from "../../editor/testing/fakes";
import { TestEditor } from "../../editor/testing/testEditor";
import { CommandPalette } from "./CommandPalette";

afterEach(cleanup);

async function open() {
  const test = await TestEditor.open();
  const onClose = vi.fn();
  render(<CommandPalette editor={test.editor} onClose={onClose} />);
  const field = screen.getByRole("combobox", { hidden: true });
  const type = (text: string) => fireEvent.change(field, { target: { value: text } });
  const press = (key: string) => fireEvent.keyDown(field, { key });
  return { test, onClose, type, press };
}

const chosen = () => screen.getByRole("option", { selected: true, hidden: true }).textContent;

test("the first that is found is run with Enter, and the palette closes", async () => {
  const { test, onClose, type, press } = await open();
  type("show the his");
  expect(chosen()).toContain("Show the history");
  press("Enter");
  await settle();
  expect(onClose).toHaveBeenCalledOnce();
  expect(test.revealed).toEqual(["history"]);
});

test("arrows choose among what is found, around the ends", async () => {
  const { type, press } = await open();
  type("zoom");
  const first = chosen();
  press("ArrowDown");
  expect(chosen()).not.toBe(first);
  press("ArrowUp");
  expect(chosen()).toBe(first);
});

test("what cannot be done says why, and does nothing", async () => {
  const { onClose, type, press } = await open();
  type("undo");
  expect(chosen()).toContain("There is nothing to undo.");
  press("Enter");
  await settle();
  expect(onClose).not.toHaveBeenCalled();
});

test("a name that no command has is told", async () => {
  const { type, press } = await open();
  type("xyzzy");
  expect(screen.getByText("No command is called like that.")).toBeTruthy();
  press("Enter");
});
