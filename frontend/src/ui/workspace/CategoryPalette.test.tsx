// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { TestEditor } from "../../editor/testing/testEditor";
import { CategoryPalette } from "./CategoryPalette";

afterEach(cleanup);

async function open() {
  const test = await TestEditor.open();
  render(<CategoryPalette editor={test.editor} add={null} />);
  const field = screen.getByLabelText("Search a category");
  const type = (value: string) => fireEvent.change(field, { target: { value } });
  return { test, field, type };
}

const names = () => screen.queryAllByRole("radio").map(({ textContent }) => textContent);

test("searching leaves what is called so, and Enter takes the first", async () => {
  const { test, field, type } = await open();
  type("DO");
  expect(names()).toEqual(["dog2"]);
  fireEvent.keyDown(field, { key: "Enter" });
  expect(test.snapshot.currentCategoryId).toBe(12);
  expect(names()).toHaveLength(2);
});

test("Escape gives the search up", async () => {
  const { test, field, type } = await open();
  type("dog");
  fireEvent.keyDown(field, { key: "Escape" });
  expect(test.snapshot.currentCategoryId).toBe(11);
  expect(names()).toHaveLength(2);
});

test("a category tells how many annotations it has here, and its key", async () => {
  const { test } = await open();
  await test.click(40, 30);
  await test.press("Enter");
  expect(await screen.findByText("cat")).toBeTruthy();
  expect(names()).toEqual(["cat11", "dog2"]);
});

test("a name that no category has is told", async () => {
  const { type } = await open();
  type("zebra");
  expect(screen.getByRole("status").textContent).toBe("No category is called like that.");
});
