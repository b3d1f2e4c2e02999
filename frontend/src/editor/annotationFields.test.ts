import { describe, expect, test } from "vitest";
import { type Annotation, completed } from "../document";
import { emptyMask, encodeMask } from "../masks";
import { TestEditor } from "./testing/testEditor";

/** A square of 10 x 10 pixels. */
function square(id: string, left: number, more: Partial<Annotation> = {}): Annotation {
  const mask = emptyMask(64, 96);
  for (let row = 20; row < 30; row++) mask.data.fill(1, row * 96 + left, row * 96 + left + 10);
  const content = { id, imageId: 1, categoryId: 11, ...encodeMask(mask), source: "manual", provenance: {} } as const;
  return completed({ ...content, ...more }, left);
}

const POSE = { name: "pose", kind: "choice", required: true, options: ["sits", "lies"] } as const;
const CATEGORIES = [
  { id: 11, name: "cat", color: "#ff0000", attributes: [POSE] },
  { id: 12, name: "dog", color: "#00ff00", attributes: [] },
];

async function open(...annotations: Annotation[]): Promise<TestEditor> {
  const test = await TestEditor.open({ 1: annotations });
  test.editor.setCategories(CATEGORIES);
  return test;
}

const orderOf = (test: TestEditor): string => test.snapshot.annotations.map(({ id }) => id).join("");
const get = (test: TestEditor, id: string): Annotation | undefined => test.editor.state.document.annotations.get(id);

describe("attributes", () => {
  test("an answer is one step and is sent", async () => {
    const test = await open(square("a", 10));
    test.editor.fields.setAttribute("a", "pose", "sits");
    expect(test.sync.saved.at(-1)?.attributes).toEqual({ pose: "sits" });
    await test.press("Mod+Z");
    expect(test.sync.saved.at(-1)?.attributes).toEqual({});
  });

  test("a taken-back answer leaves nothing", async () => {
    const test = await open(square("a", 10, { attributes: { pose: "sits" } }));
    test.editor.fields.setAttribute("a", "pose", undefined);
    expect(get(test, "a")?.attributes).toEqual({});
  });

  test("another category leaves answers behind that it does not ask for; undo brings both back", async () => {
    const test = await open(square("a", 10, { attributes: { pose: "sits" } }));
    test.editor.selecting.only("a");
    test.editor.selecting.setCategory(12);
    expect(get(test, "a")).toMatchObject({ categoryId: 12, attributes: {} });
    await test.press("Mod+Z");
    expect(get(test, "a")).toMatchObject({ categoryId: 11, attributes: { pose: "sits" } });
  });
});

describe("the lock", () => {
  test("keeps an annotation from being deleted, and says why", async () => {
    const test = await open(square("a", 10), square("b", 40));
    test.editor.selecting.only("a");
    await test.press("Shift+L");
    expect(get(test, "a")?.locked).toBe(true);
    await test.press("Delete");
    expect(orderOf(test)).toBe("ab");
    expect(test.notices.map(({ code }) => code)).toEqual(["annotation_locked"]);
  });

  test("of several, those that are not locked are deleted", async () => {
    const test = await open(square("a", 10, { locked: true }), square("b", 40));
    test.editor.selecting.all();
    await test.press("Delete");
    expect(orderOf(test)).toBe("a");
    await test.press("Mod+Z");
    expect(orderOf(test)).toBe("ab");
  });

  test("of several is taken off when all are locked", async () => {
    const test = await open(square("a", 10, { locked: true }), square("b", 40));
    test.editor.selecting.all();
    test.editor.fields.toggleLocked();
    expect(test.snapshot.annotations.map(({ locked }) => locked)).toEqual([true, true]);
    test.editor.fields.toggleLocked();
    expect(test.snapshot.annotations.map(({ locked }) => locked)).toEqual([false, false]);
  });
});

describe("the drawing order", () => {
  test("a move is one step, and only the moved annotation is sent", async () => {
    const test = await open(square("a", 10), square("b", 20), square("c", 30));
    test.editor.fields.moveTo("a", 1);
    expect(orderOf(test)).toBe("bac");
    expect(test.sync.log).toEqual(["save a as 11"]);
    await test.press("Mod+Z");
    expect(orderOf(test)).toBe("abc");
  });

  test("commands move the selected one", async () => {
    const test = await open(square("a", 10), square("b", 20), square("c", 30));
    test.editor.selecting.only("b");
    await test.press("Mod+Shift+ArrowUp");
    expect(orderOf(test)).toBe("acb");
    await test.press("Mod+ArrowDown");
    expect(orderOf(test)).toBe("abc");
    await test.press("Mod+Shift+ArrowDown");
    expect(orderOf(test)).toBe("bac");
  });
});

describe("masks that may not overlap", () => {
  test("an accepted mask takes the pixels of others, to the last one, in the same step", async () => {
    const test = await open(square("a", 28), square("b", 38));
    test.editor.setOverlapPolicy("take");
    await test.click(40, 30);
    await test.press("Enter");
    const [old, made] = test.snapshot.annotations;
    expect(old).toMatchObject({ id: "a", area: 40 });
    expect(made?.id).not.toBe("b");
    expect(test.notices.map(({ code }) => code)).toEqual(["masks_overlap"]);
    await test.press("Mod+Z");
    expect(test.snapshot.annotations.map(({ area }) => area)).toEqual([100, 100]);
  });

  test("a mask of which nothing is left is not made, and the prompt stays to be changed", async () => {
    const everywhere = emptyMask(64, 96);
    everywhere.data.fill(1);
    const test = await open(square("a", 0, encodeMask(everywhere)));
    test.editor.setOverlapPolicy("yield");
    await test.click(40, 30);
    await test.press("Enter");
    expect(orderOf(test)).toBe("a");
    expect(test.notices.map(({ code }) => code)).toEqual(["masks_overlap"]);
    expect(test.snapshot.promptPoints).toHaveLength(1);
  });
});
