import { expect, test } from "vitest";
import { selectAll, selectedIds, selectOnly, selectUpTo, toggleSelected } from "./selection";

const ORDER = ["a", "b", "c", "d"];

test("a click selects one, and nothing else", () => {
  expect([...selectedIds(selectOnly("b"))]).toEqual(["b"]);
  expect(selectedIds(selectOnly(null)).size).toBe(0);
});

test("Ctrl+click takes one in and out, and makes it the main one", () => {
  const both = toggleSelected(selectOnly("a"), "c");
  expect(both.selection).toBe("c");
  expect([...selectedIds(both)]).toEqual(["a", "c"]);
  const again = toggleSelected(both, "c");
  expect(again).toEqual(selectOnly("a"));
  expect(toggleSelected(again, "a")).toEqual(selectOnly(null));
});

test("Shift+click selects everything from the main one, in either direction, and keeps it", () => {
  const down = selectUpTo(selectOnly("b"), "d", ORDER);
  expect([...selectedIds(down)]).toEqual(["b", "c", "d"]);
  expect(down.selection).toBe("b");
  expect([...selectedIds(selectUpTo(down, "a", ORDER))]).toEqual(["a", "b"]);
});

test("Shift+click on what the list does not show selects that alone", () => {
  expect(selectUpTo(selectOnly("b"), "z", ORDER)).toEqual(selectOnly("z"));
});

test("a group ends when something else becomes the main one", () => {
  const all = selectAll(ORDER);
  expect(selectedIds(all).size).toBe(4);
  expect([...selectedIds({ ...all, selection: "b" })]).toEqual(["b"]);
});
