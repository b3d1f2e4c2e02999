import { describe, expect, test } from "vitest";
import { type Annotation, completed } from "../document";
import { decodeRle, emptyMask, encodeMask, rleIou } from "../masks";
import { TestEditor } from "./testing/testEditor";

function annotation(id: string, left: number, top: number): Annotation {
  const mask = emptyMask(64, 96);
  for (let row = top; row < top + 10; row++) mask.data.fill(1, row * 96 + left, row * 96 + left + 10);
  const annotation = { id, imageId: 1, categoryId: 11, ...encodeMask(mask), source: "prompt", provenance: {} } as const;
  return completed(annotation, left);
}
const TWO = { 1: [annotation("under", 10, 10), annotation("over", 15, 15)] };

describe("accept", () => {
  test("the mask that is shown is saved, with the current category, before the key event ends", async () => {
    const test = await TestEditor.open();
    await test.click(40, 30);
    const shown = test.editor.describe().candidates[0]?.rle;
    test.editor.keyDown({ key: "2" });
    test.editor.keyDown({ key: "Enter" });
    expect(test.sync.saved).toHaveLength(1);
    expect(test.sync.saved[0]).toMatchObject({ imageId: 1, categoryId: 12, rle: shown, source: "prompt" });
    expect(test.snapshot).toMatchObject({ promptPoints: [], candidates: [], annotations: [{ categoryId: 12 }] });
  });

  test("the candidate that was chosen is the one that is saved", async () => {
    const test = await TestEditor.open();
    await test.click(40, 30);
    await test.press("Tab");
    const shown = test.editor.describe().candidates[1]?.rle;
    await test.press("Enter");
    expect(test.sync.saved[0]?.rle).toEqual(shown);
    expect(test.sync.saved[0]?.provenance).toMatchObject({ candidate: 1, predicted_iou: 0.8 });
  });

  test("provenance tells the prompt and the segmenter", async () => {
    const test = await TestEditor.open();
    await test.drag([20, 10], [60, 50]);
    await test.click(30, 30, { alt: true });
    await test.press("Enter");
    expect(test.sync.saved[0]?.provenance).toMatchObject({
      segmenter: "fake",
      checkpoint_sha256: "abc",
      points: [{ x: expect.closeTo(30), y: expect.closeTo(30), label: 0 }],
      box_xyxy: [expect.closeTo(20), expect.closeTo(10), expect.closeTo(60), expect.closeTo(50)],
      stability_score: 1,
      seconds: expect.any(Number),
    });
  });

  test("says what is missing", async () => {
    const test = await TestEditor.open();
    const accept = test.editor.commands.get("mask.accept");
    expect(accept?.disabledReason()).toBe("Click on an object first.");
    await test.click(40, 30);
    expect(accept?.disabledReason()).toBeNull();
    test.editor.setCategories([]);
    expect(accept?.disabledReason()).toBe("Create a category first.");
    await test.press("Enter");
    expect(test.sync.saved).toEqual([]);
  });

  test("the mask has the size of the image", async () => {
    const test = await TestEditor.open();
    await test.click(40, 30);
    await test.press("Enter");
    const saved = test.sync.saved[0];
    expect(saved && decodeRle(saved.rle)).toMatchObject({ height: 64, width: 96 });
  });
});

describe("undo and redo", () => {
  test("walk points one by one and bring back what the decoder had answered", async () => {
    const test = await TestEditor.open();
    await test.click(40, 30);
    await test.click(60, 30);
    await test.press("Mod+Z");
    expect(test.snapshot.promptPoints).toHaveLength(1);
    expect(test.snapshot.candidates).toHaveLength(3);
    await test.press("Mod+Z");
    expect(test.snapshot.promptPoints).toHaveLength(0);
    expect(test.editor.getScene()?.candidate).toBeNull();
    await test.press("Mod+Shift+Z");
    await test.press("Mod+Y");
    expect(test.snapshot.promptPoints).toHaveLength(2);
    expect(test.snapshot.candidates).toHaveLength(3);
  });

  test("of an accepted mask bring its prompt back, and accept it again", async () => {
    const test = await TestEditor.open();
    await test.click(40, 30);
    await test.press("Enter");
    const id = test.sync.saved[0]?.id;
    await test.press("Mod+Z");
    expect(test.snapshot).toMatchObject({ annotations: [], promptPoints: [{ label: 1 }] });
    expect(test.snapshot.candidates).toHaveLength(3);
    await test.press("Mod+Y");
    expect(test.snapshot).toMatchObject({ annotations: [{ id }], promptPoints: [] });
    expect(test.sync.log).toEqual([`save ${id} as 11`, `remove ${id}`, `save ${id} as 11`]);
  });

  test("of a discarded mask bring it back", async () => {
    const test = await TestEditor.open();
    await test.click(40, 30);
    await test.press("Escape");
    expect(test.snapshot.promptPoints).toHaveLength(0);
    await test.press("Mod+Z");
    expect(test.snapshot.promptPoints).toHaveLength(1);
  });

  test("of deleting and of changing a category", async () => {
    const test = await TestEditor.open(TWO);
    test.editor.select("over");
    await test.press("2");
    await test.press("Delete");
    expect(test.snapshot.annotations.map(({ id }) => id)).toEqual(["under"]);
    await test.press("Mod+Z");
    await test.press("Mod+Z");
    expect(test.snapshot.annotations.find(({ id }) => id === "over")?.categoryId).toBe(11);
    expect(test.sync.log).toEqual(["save over as 12", "remove over", "save over as 12", "save over as 11"]);
  });

  test("never take back what somebody else did", async () => {
    const test = await TestEditor.open(TWO);
    test.editor.select("under");
    await test.press("2");
    const theirs = { ...annotation("under", 30, 30), categoryId: 12 };
    test.sync.emit({ type: "remote", id: "under", imageId: 1, annotation: theirs });
    expect(test.snapshot.undoLabel).toBeNull();
    await test.press("Mod+Z");
    expect(test.snapshot.annotations.find(({ id }) => id === "under")).toEqual(theirs);
  });

  test("say what they would do", async () => {
    const test = await TestEditor.open();
    expect(test.editor.commands.get("history.undo")?.disabledReason()).toBe("There is nothing to undo.");
    await test.click(40, 30);
    expect(test.snapshot).toMatchObject({ undoLabel: "Add point", redoLabel: null });
  });
});

describe("selection", () => {
  test("the select tool takes the topmost visible annotation", async () => {
    const test = await TestEditor.open(TWO);
    await test.press("V");
    await test.click(17, 17);
    expect(test.snapshot.selectedId).toBe("over");
    test.editor.look.toggleHidden("over");
    await test.click(17, 17);
    expect(test.snapshot.selectedId).toBe("under");
    await test.click(60, 60);
    expect(test.snapshot.selectedId).toBeNull();
    expect(test.segmentation.calls).toEqual([]);
  });

  test("Escape lets go of the mask first, then of the selection", async () => {
    const test = await TestEditor.open(TWO);
    await test.click(40, 30);
    test.editor.select("over");
    await test.press("Escape");
    expect(test.snapshot).toMatchObject({ promptPoints: [] });
    test.editor.select("over");
    await test.press("Escape");
    expect(test.snapshot.selectedId).toBeNull();
  });

  test("hiding an annotation never deletes it", async () => {
    const test = await TestEditor.open(TWO);
    test.editor.look.toggleHidden("over");
    expect(test.snapshot.annotations).toHaveLength(2);
    expect(test.sync.log).toEqual([]);
  });
});

describe("conflicts", () => {
  const theirs = annotation("over", 40, 40);

  test("nothing changes until the user has chosen", async () => {
    const test = await TestEditor.open(TWO);
    const mine = test.snapshot.annotations[1] ?? null;
    test.sync.emit({ type: "conflict", conflict: { id: "over", imageId: 1, mine, theirs } });
    expect(test.snapshot.conflicts).toHaveLength(1);
    expect(test.snapshot.annotations[1]).toBe(mine);
    test.editor.resolveConflict("over", "mine");
    expect(test.snapshot.annotations[1]).toBe(mine);
    expect(test.sync.resolved).toEqual(["mine"]);
  });

  test("taking theirs shows theirs", async () => {
    const test = await TestEditor.open(TWO);
    test.sync.emit({ type: "conflict", conflict: { id: "over", imageId: 1, mine: null, theirs } });
    test.editor.resolveConflict("over", "theirs");
    const shown = test.snapshot.annotations.find(({ id }) => id === "over");
    expect(shown && rleIou(shown.rle, theirs.rle)).toBe(1);
    expect(test.snapshot.conflicts).toEqual([]);
  });
});
