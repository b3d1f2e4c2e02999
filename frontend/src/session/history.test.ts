import { expect, test } from "vitest";
import { imagePoint } from "../geometry";
import { EMPTY_HISTORY, forgetAnnotation, type HistoryStep, inverse, redoStep, undoStep, withStep } from "./history";
import { EMPTY_PROMPT, withPoint } from "./prompt";

const step = (label: string, ids: readonly string[] = []): HistoryStep => ({
  label,
  changes: ids.map((id) => ({ id, before: null, after: null })),
  promptBefore: EMPTY_PROMPT,
  promptAfter: EMPTY_PROMPT,
});

test("undo and redo walk the same steps", () => {
  const history = withStep(withStep(EMPTY_HISTORY, step("one")), step("two"));
  const undone = undoStep(history);
  expect(undone?.step.label).toBe("two");
  expect(undoStep(undone?.history ?? EMPTY_HISTORY)?.step.label).toBe("one");
  expect(redoStep(undone?.history ?? EMPTY_HISTORY)?.history).toEqual(history);
});

test("a new step forgets what was undone", () => {
  const undone = undoStep(withStep(EMPTY_HISTORY, step("one")))?.history ?? EMPTY_HISTORY;
  expect(redoStep(withStep(undone, step("other")))).toBeNull();
});

test("nothing is left to undo in an empty history", () => {
  expect(undoStep(EMPTY_HISTORY)).toBeNull();
});

test("steps on an annotation that somebody else changed are forgotten, prompts are kept", () => {
  const prompt = withPoint(EMPTY_PROMPT, { point: imagePoint(1, 2), label: 1 });
  const accepted: HistoryStep = { ...step("accept", ["theirs"]), promptBefore: prompt };
  const history = forgetAnnotation(
    [step("move", ["theirs"]), step("both", ["theirs", "ours"]), accepted].reduce(withStep, EMPTY_HISTORY),
    "theirs",
  );
  expect(history.done.map(({ label, changes }) => [label, changes.map(({ id }) => id)])).toEqual([
    ["both", ["ours"]],
    ["accept", []],
  ]);
});

test("the inverse takes back changes, last first", () => {
  const before = { id: "a", before: null, after: null };
  const after = { id: "b", before: null, after: null };
  expect(inverse([before, after]).map(({ id }) => id)).toEqual(["b", "a"]);
});
