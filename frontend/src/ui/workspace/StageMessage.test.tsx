// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { TestEditor } from "../../editor/testing/testEditor";
import { StageMessage } from "./StageMessage";

afterEach(cleanup);

async function show(imageId: number) {
  const { editor } = await TestEditor.open();
  await editor.openImage(imageId);
  const onReopen = vi.fn();
  render(<StageMessage editor={editor} home={null} onReopen={onReopen} />);
  return onReopen;
}

test("an image that could not be opened is tried again by hand, and when the connection is back", async () => {
  const onReopen = await show(99);
  fireEvent.click(screen.getByRole("button", { name: "Try again" }));
  fireEvent(window, new Event("online"));
  expect(onReopen).toHaveBeenCalledTimes(2);
});

test("an image that is there stays as it is when the connection comes back", async () => {
  const onReopen = await show(1);
  fireEvent(window, new Event("online"));
  expect(onReopen).not.toHaveBeenCalled();
});
