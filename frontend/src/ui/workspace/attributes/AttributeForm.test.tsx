// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { AttributeDefinition } from "../../../document";
import { TestEditor } from "../../../editor/testing/testEditor";
import { AttributeForm } from "./AttributeForm";

afterEach(cleanup);

const ASKED: readonly AttributeDefinition[] = [
  { name: "pose", kind: "choice", required: true, options: ["sits", "lies"] },
  { name: "legs", kind: "number", required: false },
  { name: "tame", kind: "checkbox", required: true },
];

/** One mask of a category that asks, selected or not. */
async function open({ selects }: { readonly selects: boolean }) {
  const test = await TestEditor.open();
  test.editor.setCategories([{ id: 11, name: "cat", color: "#ff0000", attributes: ASKED }]);
  await test.click(40, 30);
  await test.press("Enter");
  if (selects) test.editor.selecting.all();
  else test.editor.selecting.only(null);
  render(<AttributeForm editor={test.editor} />);
  return { test, values: () => test.snapshot.annotations[0]?.attributes };
}

test("each kind of question is answered in its way", async () => {
  const { values } = await open({ selects: true });
  fireEvent.change(screen.getByLabelText("pose *"), { target: { value: "lies" } });
  fireEvent.change(screen.getByLabelText("legs"), { target: { value: "3,5" } });
  fireEvent.blur(screen.getByLabelText("legs"));
  fireEvent.click(screen.getByLabelText("tame *"));
  expect(values()).toEqual({ pose: "lies", legs: 3.5, tame: true });
});

test("what is no number is told and not taken", async () => {
  const { values } = await open({ selects: true });
  fireEvent.change(screen.getByLabelText("legs"), { target: { value: "four" } });
  fireEvent.blur(screen.getByLabelText("legs"));
  expect(screen.getByRole("alert").textContent).toBe("Write a number.");
  expect(values()).toEqual({});
});

test("it counts what is missing, and an unanswered checkbox is neither on nor off", async () => {
  const { test } = await open({ selects: true });
  expect(screen.getByText("2 missing")).toBeTruthy();
  expect((screen.getByLabelText("tame *") as HTMLInputElement).indeterminate).toBe(true);
  const [annotation] = test.snapshot.annotations;
  fireEvent.click(screen.getByLabelText("tame *"));
  expect((screen.getByLabelText("tame *") as HTMLInputElement).indeterminate).toBe(false);
  expect(screen.getByText("1 missing")).toBeTruthy();
  expect(annotation?.locked).toBe(false);
});

test("a locked annotation is shown, not changed", async () => {
  const { test, values } = await open({ selects: true });
  test.editor.fields.toggleLocked();
  cleanup();
  render(<AttributeForm editor={test.editor} />);
  fireEvent.change(screen.getByLabelText("pose *"), { target: { value: "lies" } });
  fireEvent.click(screen.getByLabelText("tame *"));
  expect(values()).toEqual({});
  expect(screen.getByText("Unlock the annotation to change its attributes.")).toBeTruthy();
});

test("without a selection it leads to what is missing", async () => {
  const { test } = await open({ selects: false });
  fireEvent.click(screen.getByRole("button", { name: "Go to the next one" }));
  expect(test.snapshot.selectedId).toBe(test.snapshot.annotations[0]?.id);
});
