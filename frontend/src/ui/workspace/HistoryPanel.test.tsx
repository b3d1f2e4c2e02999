// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { TestEditor } from "../../editor/testing/testEditor";
import { HistoryPanel } from "./HistoryPanel";

afterEach(cleanup);

const steps = () => screen.getAllByRole("button").map(({ textContent }) => textContent);
const current = () => document.querySelector("[aria-current]")?.textContent;

test("each step has its name; a click goes there and leaves the rest to be done again", async () => {
  const test = await TestEditor.open();
  await test.click(40, 30);
  await test.press("Enter");
  render(<HistoryPanel editor={test.editor} />);
  expect(steps()).toEqual(["As it was opened", "Add point", "Accept mask"]);
  expect(current()).toBe("Accept mask");
  fireEvent.click(screen.getByRole("button", { name: "As it was opened" }));
  expect(test.snapshot.annotations).toHaveLength(0);
  expect(current()).toBe("As it was opened");
  expect(steps()).toEqual(["As it was opened", "Add point(undone)", "Accept mask(undone)"]);
  fireEvent.click(screen.getByText("Accept mask"));
  expect(test.snapshot.annotations).toHaveLength(1);
});
