import { expect, test } from "vitest";
import type { ChosenShortcuts } from "./keymap";
import { TestEditor } from "./testing/testEditor";

test("no two commands have the same shortcut of their own", async () => {
  const { editor } = await TestEditor.open();
  const all = [...editor.commands.values()].flatMap(({ shortcuts }) => shortcuts);
  expect(all.filter((shortcut, index) => all.indexOf(shortcut) !== index)).toEqual([]);
});

test("a key that was added runs the command, beside the command's own", async () => {
  const test = await TestEditor.open();
  test.editor.keymap.add("place.history", "Mod+H");
  await test.press("Mod+H");
  await test.press("Y");
  expect(test.revealed).toEqual(["history", "history"]);
});

test("a key that is taken from another command no longer runs that one", async () => {
  const test = await TestEditor.open();
  test.editor.keymap.add("place.history", "C");
  await test.press("C");
  expect(test.revealed).toEqual(["history"]);
  expect(test.editor.keymap.shortcutsOf("place.categories")).toEqual([]);
});

test("a key that was removed does nothing, until all are reset", async () => {
  const test = await TestEditor.open();
  test.editor.keymap.remove("place.categories", "C");
  await test.press("C");
  expect(test.revealed).toEqual([]);
  test.editor.keymap.reset();
  await test.press("C");
  expect(test.revealed).toEqual(["categories"]);
});

test("what was chosen is kept for the next visit", async () => {
  let kept: ChosenShortcuts = { "place.history": ["Z"] };
  const test = new TestEditor({}, { load: () => kept, save: (chosen) => (kept = chosen) });
  await test.press("Z");
  expect(test.revealed).toEqual(["history"]);
  test.editor.keymap.add("place.history", "X");
  expect(kept).toEqual({ "place.history": ["Z", "X"] });
});
