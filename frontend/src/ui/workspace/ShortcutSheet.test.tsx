// @vitest-environment happy-dom
import { cleanup, fireEvent, render } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { TestEditor } from "../../editor/testing/testEditor";
import { ShortcutSheet } from "./ShortcutSheet";

afterEach(cleanup);

/** By label or text, without roles: computing those of a hundred rows takes seconds. */
function button(name: string): Element {
  const labelled = document.querySelector(`[aria-label="${name}"]`);
  const found = labelled ?? [...document.querySelectorAll("button")].find(({ textContent }) => textContent === name);
  if (!found) throw new Error(`There is no button ${name}.`);
  return found;
}

async function openForChanges() {
  const { editor } = await TestEditor.open();
  render(<ShortcutSheet editor={editor} onClose={() => undefined} />);
  fireEvent.click(button("Change shortcuts"));
  return editor;
}

/** Adds the key to the command, as far as the sheet asks nothing. */
function record(label: string, key: string): void {
  fireEvent.click(button(`Add a shortcut: ${label}`));
  fireEvent.keyDown(button(`Press the keys for: ${label}`), { key });
}

test("a free key is added at once", async () => {
  const editor = await openForChanges();
  record("Show the history", "F9");
  expect(editor.keymap.shortcutsOf("place.history")).toContain("F9");
});

test("a key that is in use is asked about, and taken only when that is meant", async () => {
  const editor = await openForChanges();
  record("Show the history", "f");
  expect(document.querySelector("[role=alert]")?.textContent).toContain("F is used for: Fit image.");
  fireEvent.click(button("Leave it"));
  expect(editor.keymap.shortcutsOf("view.fit")).toContain("F");
  record("Show the history", "f");
  fireEvent.click(button("Take it"));
  expect(editor.keymap.shortcutsOf("view.fit")).not.toContain("F");
  expect(editor.keymap.shortcutsOf("place.history")).toContain("F");
});

test("Escape and modifiers alone are no shortcut", async () => {
  const editor = await openForChanges();
  const before = editor.keymap.shortcutsOf("place.history");
  record("Show the history", "Shift");
  fireEvent.keyDown(button("Press the keys for: Show the history"), { key: "Escape" });
  expect(editor.keymap.shortcutsOf("place.history")).toEqual(before);
});

test("keys are removed, and all come back with a reset", async () => {
  const editor = await openForChanges();
  fireEvent.click(button("Remove F from: Fit image"));
  expect(editor.keymap.shortcutsOf("view.fit")).not.toContain("F");
  fireEvent.click(button("Reset all shortcuts"));
  expect(editor.keymap.shortcutsOf("view.fit")).toContain("F");
});
