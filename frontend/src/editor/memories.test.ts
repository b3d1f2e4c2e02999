import { describe, expect, test, vi } from "vitest";
import { type Annotation, completed, documentOf } from "../document";
import { imagePoint, screenPoint, screenToImage } from "../geometry";
import { emptyMask, encodeMask } from "../masks";
import { EMPTY_PROMPT, type History, type HistoryStep } from "../session";
import { recalled, viewportAround } from "./memories";
import type { ImageMemory } from "./ports";
import { settle } from "./testing/fakes";
import { TestEditor } from "./testing/testEditor";

function annotation(id: string, categoryId = 11): Annotation {
  const mask = emptyMask(64, 96);
  mask.data.fill(1, 0, 20);
  return completed({ id, imageId: 1, categoryId, ...encodeMask(mask), source: "manual", provenance: {} }, 1);
}

const step = (id: string, before: Annotation | null, after: Annotation | null): HistoryStep => ({
  label: "change",
  changes: [{ id, before, after }],
  promptBefore: EMPTY_PROMPT,
  promptAfter: EMPTY_PROMPT,
});
const memoryWith = (history: History): ImageMemory => ({ view: null, selection: null, history });

describe("what is recalled", () => {
  const [first, second] = [annotation("a", 11), annotation("a", 12)];

  test("is the whole history when the annotations are as it left them", () => {
    const history = { done: [step("a", null, first)], undone: [step("a", first, second)] };
    expect(recalled(memoryWith(history), documentOf([annotation("a", 11)])).history).toBe(history);
  });

  test("leaves out what others have changed since, and keeps the rest", () => {
    const history = { done: [step("a", null, first), step("b", null, annotation("b"))], undone: [] };
    const { done } = recalled(memoryWith(history), documentOf([second, annotation("b")])).history;
    expect(done.map(({ changes }) => changes[0]?.id)).toEqual(["b"]);
  });

  test("knows steps that were undone by what they would change", () => {
    const history = { done: [], undone: [step("a", first, second), step("a", null, first)] };
    expect(recalled(memoryWith(history), documentOf([])).history).toBe(history);
    expect(recalled(memoryWith(history), documentOf([first])).history.undone).toEqual([]);
  });

  test("selects nothing that has gone", () => {
    const memory = { ...memoryWith({ done: [], undone: [] }), selection: "a" };
    expect(recalled(memory, documentOf([first])).selection).toBe("a");
    expect(recalled(memory, documentOf([])).selection).toBeNull();
  });
});

test("the same place is in the middle of a canvas of another size", () => {
  const viewport = viewportAround({ centre: imagePoint(30, 20), scale: 3 }, [200, 500]);
  expect(screenToImage(screenPoint(250, 100), viewport)).toEqual({ x: 30, y: 20 });
});

describe("a tab that is killed", () => {
  /** An editor, and what it last handed over for each image. */
  async function open() {
    const kept = new Map<number, ImageMemory>();
    const test = new TestEditor();
    Object.assign(test.source, { saveMemory: (id: number, is: ImageMemory) => kept.set(id, is) });
    await test.editor.openImage(1);
    await settle();
    return { test, kept };
  }

  test("comes back to the same viewport, selection and steps", async () => {
    const before = await open();
    await before.test.click(40, 30);
    await before.test.press("Enter");
    before.test.editor.selecting.all();
    before.test.editor.view.zoom(4, screenPoint(100, 100));
    await vi.waitFor(() => expect(before.kept.get(1)?.view?.scale).toBeGreaterThan(10));

    const [made] = before.test.snapshot.annotations;
    const source = before.kept.get(1);
    const after = new TestEditor({ 1: made ? [made] : [] });
    const openImage = after.source.openImage.bind(after.source);
    after.source.openImage = async (id) => ({ ...(await openImage(id)), memory: source });
    await after.editor.openImage(1);
    await settle();
    expect(after.editor.state.session.viewport).toEqual(before.test.editor.state.session.viewport);
    expect(after.snapshot.selectedId).toBe(made?.id);
    await after.press("Mod+Z");
    expect(after.snapshot.annotations).toEqual([]);
    expect(after.snapshot.promptPoints).toHaveLength(1);
  });

  test("is not an image that is left on purpose: that one is shown whole, but its steps stay", async () => {
    const { test, kept } = await open();
    await test.click(40, 30);
    test.editor.view.zoom(4);
    await test.editor.openImage(2);
    expect(kept.get(1)).toMatchObject({ view: null, selection: null });
    expect(kept.get(1)?.history.done).toHaveLength(1);
  });
});
