import { expect, test } from "vitest";
import type { ImageMemory } from "../../editor";
import { imagePoint } from "../../geometry";
import { EMPTY_PROMPT, type HistoryStep, withCandidates, withPoint } from "../../session";
import { memoryOf, storedMemoryOf } from "./storedMemory";

const clicked = withPoint(EMPTY_PROMPT, { point: imagePoint(3, 4), label: 1 });
const answered = withCandidates(clicked, { all: [], chosen: 0, isComplete: true });
const step = (label: string): HistoryStep => ({
  label,
  changes: [],
  promptBefore: EMPTY_PROMPT,
  promptAfter: answered,
});
const memory: ImageMemory = {
  view: { centre: imagePoint(5, 6), scale: 2 },
  selection: "a",
  history: { done: [step("one"), step("two")], undone: [step("four"), step("three")] },
};

test("comes back from the disk with done and undone steps in their order", () => {
  const back = memoryOf(structuredClone(storedMemoryOf(memory)));
  expect(back?.history.done.map(({ label }) => label)).toEqual(["one", "two"]);
  expect(back?.history.undone.map(({ label }) => label)).toEqual(["four", "three"]);
  expect(back).toMatchObject({ view: memory.view, selection: "a" });
});

test("the decoder's answers are not kept, and the empty prompt is the one that everybody means", () => {
  const [first] = memoryOf(structuredClone(storedMemoryOf(memory)))?.history.done ?? [];
  expect(first?.promptAfter).toEqual(clicked);
  expect(first?.promptBefore).toBe(EMPTY_PROMPT);
});

test("steps are the same objects every time, before and after they were on the disk", () => {
  const { steps } = storedMemoryOf(memory);
  expect(storedMemoryOf(memory).steps[0]).toBe(steps[0]);
  const stored = structuredClone(storedMemoryOf(memory));
  const back = memoryOf(stored) as ImageMemory;
  expect(storedMemoryOf(back).steps[0]).toBe(stored.steps[0]);
});

test("what another page has left in another shape is no memory", () => {
  expect(memoryOf({ head: {}, steps: [{ changes: "none" }] })).toBeNull();
  expect(memoryOf(null)).toBeNull();
});
