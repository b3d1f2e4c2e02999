import { describe, expect, test } from "vitest";
import { hasPixel } from "./testing/masks";
import { labels, maskOf, SQUARE, withTool } from "./testing/square";
import { TestEditor } from "./testing/testEditor";

describe("brush", () => {
  test("with nothing selected the first stroke makes a mask and selects it, the second one adds to it", async () => {
    const test = await withTool("B", false);
    test.editor.tools.change({ brushDiameter: 6 });
    await test.drag([60, 10], [80, 10]);
    await test.drag([80, 10], [80, 40]);
    const [, drawn] = test.snapshot.annotations;
    expect(test.snapshot.selectedId).toBe(drawn?.id);
    expect(drawn).toMatchObject({ source: "manual", categoryId: 11 });
    expect([hasPixel(drawn?.rle, 62, 10), hasPixel(drawn?.rle, 80, 38), hasPixel(drawn?.rle, 62, 38)]).toEqual([
      true,
      true,
      false,
    ]);
    expect(labels(test)).toEqual(["Brush", "Brush"]);
  });

  test("each stroke is undone on its own, and redone", async () => {
    const test = await withTool("B");
    await test.drag([60, 10], [80, 10]);
    const painted = maskOf(test);
    await test.drag([60, 50], [80, 50]);
    await test.press("Mod+Z");
    expect(maskOf(test)).toEqual(painted);
    await test.press("Mod+Z");
    expect(maskOf(test)).toEqual(SQUARE.rle);
    await test.press("Mod+Y");
    expect(maskOf(test)).toEqual(painted);
  });

  test("undo in the middle of a stroke drops the stroke and nothing else", async () => {
    const test = await withTool("B");
    await test.drag([60, 10], [80, 10]);
    const painted = maskOf(test);
    test.pointerDown(60, 50).pointerMove(80, 50);
    await test.press("Mod+Z");
    test.pointerUp(80, 50);
    expect(maskOf(test)).toEqual(painted);
    expect(test.editor.getScene()?.draft?.kind).not.toBe("stroke");
  });

  test("Escape in the middle of a stroke drops it, and keeps the selection", async () => {
    const test = await withTool("B");
    test.pointerDown(60, 50).pointerMove(80, 50);
    await test.press("Escape");
    test.pointerUp(80, 50);
    expect(maskOf(test)).toEqual(SQUARE.rle);
    expect(test.snapshot.selectedId).toBe("square");
  });

  test("a mask that is shown is accepted first, and the stroke is drawn into it", async () => {
    const test = await TestEditor.open();
    await test.click(40, 30);
    await test.press("B");
    await test.drag([80, 60], [90, 60]);
    expect(test.snapshot.annotations).toHaveLength(1);
    expect(labels(test)).toEqual(["Add point", "Accept mask", "Brush"]);
    expect([
      hasPixel(test.snapshot.annotations[0]?.rle, 40, 30),
      hasPixel(test.snapshot.annotations[0]?.rle, 85, 60),
    ]).toEqual([true, true]);
  });

  test("Shift draws a straight line from where the last stroke ended", async () => {
    const test = await withTool("B");
    test.editor.tools.change({ brushDiameter: 4 });
    await test.drag([50, 5], [60, 5]);
    await test.click(90, 35, { shift: true });
    expect(hasPixel(maskOf(test), 75, 20)).toBe(true);
  });

  test("a pen that presses lightly draws a thin line", async () => {
    const widthAt = async (pressure: number): Promise<number> => {
      const test = await withTool("B", false);
      test.editor.tools.change({ brushDiameter: 16 });
      test.pointerDown(50, 30, { pressure }).pointerMove(70, 30, { pressure }).pointerUp(70, 30);
      return test.snapshot.annotations[1]?.bboxXywh[3] ?? 0;
    };
    expect(await widthAt(0)).toBeLessThan((await widthAt(1)) / 2);
  });

  test("the wheel and the bracket keys size it; with Ctrl the wheel zooms", async () => {
    const test = await withTool("B");
    const { zoom } = test.snapshot;
    const before = test.snapshot.toolSettings.brushDiameter;
    test.wheel(-100);
    await test.press("]");
    expect(test.snapshot.toolSettings.brushDiameter).toBeGreaterThan(before);
    expect(test.snapshot.zoom).toBe(zoom);
    test.wheel(-100, true);
    expect(test.snapshot.zoom).toBeGreaterThan(zoom);
  });

  test("its ring stays under the pointer while the image is zoomed", async () => {
    const test = await withTool("B");
    const ring = () => {
      const draft = test.editor.getScene()?.draft;
      return draft?.kind === "cursor" ? draft.at.x : null;
    };
    test.pointerMove(60, 30);
    expect(ring()).toBeCloseTo(60);
    test.wheel(-300, true);
    expect(ring()).toBeLessThan(58);
  });

  test("N begins a mask of its own", async () => {
    const test = await withTool("B");
    await test.press("N");
    await test.drag([60, 50], [80, 50]);
    expect(test.snapshot.annotations).toHaveLength(2);
    expect(maskOf(test)).toEqual(SQUARE.rle);
  });

  test("a locked annotation is left alone, and the user is told why", async () => {
    const test = await TestEditor.open({ 1: [{ ...SQUARE, locked: true }] });
    test.editor.select("square");
    await test.press("B");
    await test.drag([60, 50], [80, 50]);
    expect(test.notices.map(({ message }) => message)).toEqual(["This annotation is locked. Unlock it first."]);
    expect(test.sync.log).toEqual([]);
  });
});

describe("eraser", () => {
  test("takes pixels away; scores of the segmenter's mask go with them", async () => {
    const test = await withTool("E");
    test.editor.tools.change({ brushDiameter: 6 });
    await test.drag([30, 15], [30, 45]);
    const [edited] = test.snapshot.annotations;
    expect([hasPixel(edited?.rle, 30, 30), hasPixel(edited?.rle, 39, 39)]).toEqual([false, true]);
    expect(edited).toMatchObject({ source: "manual", provenance: {} });
    expect(edited?.provenance).not.toHaveProperty("predicted_iou");
  });

  test("with Alt it paints, and the brush erases", async () => {
    const test = await withTool("E");
    await test.drag([70, 10], [80, 10], { alt: true });
    expect(hasPixel(maskOf(test), 75, 10)).toBe(true);
    await test.press("B");
    await test.drag([70, 10], [80, 10], { alt: true });
    expect(hasPixel(maskOf(test), 75, 10)).toBe(false);
  });

  test("an annotation of which nothing is left is removed, until undo", async () => {
    const test = await withTool("E");
    test.editor.tools.change({ brushDiameter: 80 });
    await test.click(30, 30);
    expect(test.snapshot.annotations).toEqual([]);
    await test.press("Mod+Z");
    expect(maskOf(test)).toEqual(SQUARE.rle);
  });

  test("says that there is nothing to erase from", async () => {
    const test = await withTool("E", false);
    await test.drag([25, 25], [35, 35]);
    expect(test.notices.map(({ message }) => message)).toEqual(["Select a mask first."]);
  });
});
