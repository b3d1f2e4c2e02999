import { describe, expect, test } from "vitest";
import { decodeRle } from "../masks";
import { settle } from "./testing/fakes";
import { hasPixel, rectangle } from "./testing/masks";
import { TestEditor } from "./testing/testEditor";

const labelsOf = ({ prompt }: TestEditor) => prompt.points.map(({ label }) => label);

describe("clicks", () => {
  test("inside the shown mask take away, with Shift they add", async () => {
    const test = await TestEditor.open();
    await test.click(40, 30);
    await test.click(44, 34);
    await test.click(36, 26, { shift: true });
    await test.click(80, 30);
    expect(labelsOf(test)).toEqual([1, 0, 1, 1]);
  });

  test("on a point remove it, and decode anew without logits that knew of it", async () => {
    const test = await TestEditor.open();
    await test.click(40, 30);
    await test.click(80, 30);
    await test.click(40, 30);
    expect(test.prompt.points).toHaveLength(1);
    expect(test.prompt.previousLogits).toBeNull();
    expect(test.snapshot).toMatchObject({ undoLabel: "Remove point", candidates: { length: 3 } });
    await test.click(80, 30);
    expect(test.prompt.points).toHaveLength(0);
    expect(test.editor.getScene()?.candidate).toBeNull();
  });
});

describe("points", () => {
  test("are dragged to another place, as one step", async () => {
    const test = await TestEditor.open();
    await test.click(40, 30);
    await test.drag([40, 30], [70, 45]);
    expect(test.prompt.points[0]?.point).toEqual({ x: expect.closeTo(70), y: expect.closeTo(45) });
    expect(test.prompt.candidates?.all[0]?.lowResLogits.data[5 * 12 + 8]).toBe(4);
    await test.press("Mod+Z");
    expect(test.prompt.points[0]?.point.x).toBeCloseTo(40);
  });

  test("follow the pointer while they are dragged; Escape puts them back", async () => {
    const test = await TestEditor.open();
    await test.click(40, 30);
    test.pointerDown(40, 30).pointerMove(60, 30);
    expect(test.editor.getScene()).toMatchObject({ points: [], draft: { kind: "point" } });
    await test.press("Escape");
    test.pointerUp(60, 30);
    expect(test.editor.getScene()?.points).toHaveLength(1);
    expect(test.prompt.points[0]?.point.x).toBeCloseTo(40);
  });
});

describe("scribble", () => {
  test("with Shift a drag gives points along it, as one step", async () => {
    const test = await TestEditor.open();
    await test.drag([20, 20], [70, 20], { shift: true });
    expect(test.prompt.points.length).toBeGreaterThan(2);
    expect(test.prompt.points[0]?.point.x).toBeCloseTo(20);
    expect(test.prompt.points.at(-1)?.point.x).toBeCloseTo(70);
    expect(test.snapshot.undoLabel).toBe("Scribble");
    await test.press("Mod+Z");
    expect(test.prompt.points).toEqual([]);
  });

  test("with Alt it is background", async () => {
    const test = await TestEditor.open();
    await test.click(40, 30);
    await test.drag([70, 10], [70, 50], { alt: true });
    expect(new Set(labelsOf(test).slice(1))).toEqual(new Set([0]));
  });

  test("can be what every drag makes", async () => {
    const test = await TestEditor.open();
    test.editor.tools.change({ promptDrag: "scribble" });
    await test.drag([20, 20], [70, 20]);
    expect(test.prompt).toMatchObject({ box: null, points: { length: expect.any(Number) } });
  });
});

describe("boxes in a row", () => {
  async function inRow(): Promise<TestEditor> {
    const test = await TestEditor.open();
    test.editor.tools.change({ promptDrag: "boxes" });
    return test;
  }

  test("each accepts the mask of the one before", async () => {
    const test = await inRow();
    await test.drag([10, 10], [30, 30]);
    await test.drag([50, 10], [70, 30]);
    await test.drag([50, 40], [70, 60]);
    expect(test.sync.saved).toHaveLength(2);
    await test.press("Enter");
    expect(test.sync.saved).toHaveLength(3);
  });

  test("that are drawn faster than the answers come wait for their turn", async () => {
    const test = await inRow();
    test.segmentation.isHolding = true;
    await test.drag([10, 10], [30, 30]);
    await test.drag([50, 10], [70, 30]);
    await test.drag([50, 40], [70, 60]);
    expect(test.editor.getScene()?.queuedBoxes).toHaveLength(2);
    test.segmentation.isHolding = false;
    test.segmentation.release();
    await settle();
    await settle();
    expect(test.sync.saved).toHaveLength(2);
    expect(test.editor.getScene()).toMatchObject({ queuedBoxes: [], box: { y0: expect.closeTo(40) } });
  });
});

describe("refining a mask that is there", () => {
  async function refining(): Promise<TestEditor> {
    const test = await TestEditor.open({ 1: [rectangle("square", [16, 16, 24, 24])] });
    test.editor.select("square");
    await test.press("R");
    return test;
  }

  test("hands it to the decoder with the first point", async () => {
    const test = await refining();
    test.segmentation.calls.length = 0;
    await test.click(80, 30);
    const [call] = test.segmentation.calls;
    expect(call?.prompt.points).toHaveLength(1);
    expect(call?.prompt.previousLogits?.data[3 * 12 + 3]).toBeGreaterThan(0);
    expect(call?.prompt.previousLogits?.data[3 * 12 + 8]).toBeLessThan(0);
  });

  test("shows it as the mask that is being made, not twice", async () => {
    const test = await refining();
    expect(test.editor.getScene()?.candidate).not.toBeNull();
    expect(test.editor.getScene()?.display.hiddenIds.has("square")).toBe(true);
    expect(test.editor.commands.get("mask.accept")?.disabledReason()).not.toBeNull();
  });

  test("accepted, it is the same annotation with another mask", async () => {
    const test = await refining();
    await test.click(80, 30);
    await test.press("Enter");
    expect(test.snapshot.annotations.map(({ id }) => id)).toEqual(["square"]);
    expect(hasPixel(test.snapshot.annotations[0]?.rle, 80, 30)).toBe(true);
    expect(test.sync.log).toEqual(["save square as 11"]);
    await test.press("Mod+Z");
    await test.press("Mod+Z");
    await test.press("Mod+Z");
    const [back] = test.snapshot.annotations;
    expect(back && decodeRle(back.rle).data.filter(Boolean)).toHaveLength(24 * 24);
  });

  test("Escape leaves it as it was", async () => {
    const test = await refining();
    await test.press("Escape");
    expect(test.snapshot.annotations).toHaveLength(1);
    expect(test.sync.log).toEqual([]);
    expect(test.editor.getScene()?.display.hiddenIds.size).toBe(0);
  });
});
