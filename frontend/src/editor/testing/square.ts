import type { Rle } from "../../masks";
import { rectangle } from "./masks";
import { TestEditor } from "./testEditor";

/** 20 x 20 pixels from (20, 20). */
export const SQUARE = rectangle("square", [20, 20, 20, 20]);

/** An image with the square on it, and the tool that this key takes. */
export async function withTool(key: string, selected = true): Promise<TestEditor> {
  const test = await TestEditor.open({ 1: [SQUARE] });
  if (selected) test.editor.select("square");
  await test.press(key);
  return test;
}

export const maskOf = (test: TestEditor, id = "square"): Rle | undefined =>
  test.snapshot.annotations.find((each) => each.id === id)?.rle;

/** What undo would take back, the oldest step first. */
export const labels = (test: TestEditor): string[] => test.snapshot.history.done.map(({ label }) => label);
