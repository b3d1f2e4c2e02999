// @vitest-environment happy-dom
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { TestEditor } from "../../editor/testing/testEditor";
import { CandidateStrip } from "./CandidateStrip";

afterEach(cleanup);

async function openWithCandidates() {
  const test = await TestEditor.open();
  await test.click(40, 30);
  render(<CandidateStrip editor={test.editor} />);
  return test;
}

test("the button says what the mask becomes", async () => {
  const test = await openWithCandidates();
  expect(screen.getByRole("button", { name: "Accept as cat" })).toBeTruthy();
  act(() => test.editor.chooseCategory(12));
  expect(screen.getByRole("button", { name: "Accept as dog" })).toBeTruthy();
});

test("without a category it is told why the mask cannot be accepted", async () => {
  const test = await openWithCandidates();
  expect(screen.queryByRole("status")).toBeNull();
  act(() => test.editor.setCategories([]));
  expect(screen.getByRole("status").textContent).toBe("Create a category first.");
});
