import { describe, expect, test } from "vitest";
import { rleIou } from "../masks";
import { settle } from "./testing/fakes";
import { hasPixel } from "./testing/masks";
import { labels, maskOf, SQUARE, withTool } from "./testing/square";

describe("lasso", () => {
  test("takes in what is drawn around, and cuts it out with Alt", async () => {
    const test = await withTool("L");
    const around = (more = {}): void => {
      test.pointerDown(60, 10, more).pointerMove(80, 10).pointerMove(80, 30).pointerMove(60, 30).pointerUp(60, 10);
    };
    around();
    expect(hasPixel(maskOf(test), 70, 20)).toBe(true);
    around({ alt: true });
    expect(maskOf(test)).toEqual(SQUARE.rle);
  });

  test("makes a mask of its own when that is chosen", async () => {
    const test = await withTool("L");
    test.editor.tools.change({ shapeMode: "new" });
    test.pointerDown(60, 10).pointerMove(80, 10).pointerMove(80, 30).pointerUp(60, 30);
    expect(test.snapshot.annotations).toHaveLength(2);
    expect(maskOf(test)).toEqual(SQUARE.rle);
  });
});

describe("polygon", () => {
  test("the corners of the selected mask are there as soon as the tool is in the hand", async () => {
    const test = await withTool("V");
    await test.hover(15, 15);
    await test.press("G");
    const draft = test.editor.getScene()?.draft;
    expect(draft?.kind === "outline" && draft.handles).toHaveLength(4);
  });

  test("clicks place corners, Enter closes", async () => {
    const test = await withTool("G", false);
    for (const [x, y] of [
      [50, 10],
      [80, 10],
      [80, 50],
      [50, 50],
    ] as const)
      await test.click(x, y);
    expect(test.snapshot.annotations).toHaveLength(1);
    await test.press("Enter");
    expect(test.snapshot.annotations[1]).toMatchObject({ area: 1200, bboxXywh: [50, 10, 30, 40] });
  });

  test("a click on the first corner closes, too", async () => {
    const test = await withTool("G", false);
    for (const [x, y] of [
      [50, 10],
      [80, 10],
      [80, 50],
      [50, 10],
    ] as const)
      await test.click(x, y);
    expect(test.snapshot.annotations[1]?.area).toBe(600);
  });

  test("another tool in the middle loses no corner, and neither does the same one", async () => {
    const test = await withTool("G", false);
    await test.click(50, 10);
    await test.click(80, 10);
    await test.press("B");
    expect(test.notices.at(-1)?.message).toContain("take its tool again");
    await test.press("G");
    await test.press("G");
    await test.click(80, 50);
    await test.press("Enter");
    expect(test.snapshot.annotations[1]?.area).toBe(600);
    await test.press("B");
    await test.press("G");
    expect(test.editor.state.gesture).toBe("idle");
  });

  test("what was begun stays on its image", async () => {
    const test = await withTool("G", false);
    await test.click(50, 10);
    await test.press("B");
    await test.editor.openImage(2);
    await settle();
    await test.press("G");
    expect(test.editor.state.gesture).toBe("idle");
  });

  test("undo takes back the last corner, Escape all of them", async () => {
    const test = await withTool("G", false);
    for (const [x, y] of [
      [50, 10],
      [80, 10],
      [90, 50],
      [50, 60],
    ] as const)
      await test.click(x, y);
    await test.press("Mod+Z");
    await test.click(80, 50);
    await test.press("Enter");
    expect(test.snapshot.annotations).toHaveLength(2);
    await test.press("Mod+Z");
    for (const [x, y] of [
      [50, 10],
      [80, 10],
      [80, 50],
    ] as const)
      await test.click(x, y);
    await test.press("Escape");
    expect(test.snapshot.annotations).toHaveLength(1);
    expect(test.editor.getScene()?.draft).toBeNull();
  });

  test("a corner of the selected mask is dragged; the others stay where they are", async () => {
    const test = await withTool("G");
    await test.drag([40, 40], [50, 50]);
    expect(labels(test)).toEqual(["Move corner"]);
    expect([hasPixel(maskOf(test), 46, 46), hasPixel(maskOf(test), 20, 20), hasPixel(maskOf(test), 39, 20)]).toEqual([
      true,
      true,
      true,
    ]);
    await test.drag([50, 50], [40, 40]);
    expect(maskOf(test)).toEqual(SQUARE.rle);
  });

  test("a press on the outline adds a corner there, which can be dragged", async () => {
    const test = await withTool("G");
    await test.drag([30, 20], [30, 10]);
    expect(labels(test)).toEqual(["Add corner"]);
    expect([hasPixel(maskOf(test), 30, 13), hasPixel(maskOf(test), 21, 13)]).toEqual([true, false]);
  });

  test("Alt removes a corner; a press that goes nowhere changes nothing", async () => {
    const test = await withTool("G");
    await test.click(40, 40);
    expect(labels(test)).toEqual([]);
    await test.click(40, 40, { alt: true });
    expect(labels(test)).toEqual(["Remove corner"]);
    expect(test.snapshot.annotations[0]?.area).toBeCloseTo(200, -1.5);
  });

  test("a tap on a corner removes it where shapes take away", async () => {
    const test = await withTool("G");
    test.editor.tools.change({ shapeMode: "subtract" });
    await test.click(40, 40, { pointerId: 1, pointerType: "touch" });
    expect(labels(test)).toEqual(["Remove corner"]);
  });

  test("says when Enter would close it", async () => {
    const test = await withTool("G", false);
    for (const [x, y] of [
      [50, 10],
      [80, 10],
    ] as const)
      await test.click(x, y);
    expect(test.snapshot.canConfirm).toBe(false);
    await test.click(80, 50);
    expect(test.snapshot.canConfirm).toBe(true);
  });

  test("shows the corners as they are after undo", async () => {
    const test = await withTool("G");
    await test.drag([40, 40], [50, 50]);
    const cornersSeen = () => {
      const draft = test.editor.getScene()?.draft;
      return draft?.kind === "outline" ? (draft.handles ?? []).some(({ x }) => x > 45) : null;
    };
    test.pointerMove(60, 60);
    expect(cornersSeen()).toBe(true);
    await test.press("Mod+Z");
    expect(cornersSeen()).toBe(false);
  });
});

describe("magic wand", () => {
  test("takes the pixels of one colour, in one step", async () => {
    const test = await withTool("W", false);
    await test.click(10, 10);
    await settle();
    expect(test.snapshot.annotations[1]).toMatchObject({ area: 48 * 64, bboxXywh: [0, 0, 48, 64] });
    expect(labels(test)).toEqual(["Magic wand"]);
  });

  test("a drag to the right takes in more colours, Escape takes nothing", async () => {
    const test = await withTool("W", false);
    test.pointerDown(10, 10);
    await settle();
    test.pointerMove(95, 10);
    expect(test.snapshot.toolSettings.wandTolerance).toBe(100);
    await test.press("Escape");
    test.pointerUp(95, 10);
    expect(test.snapshot.annotations).toHaveLength(1);
    expect(test.snapshot.toolSettings.wandTolerance).toBe(12);
  });
});

describe("scissors", () => {
  test("run along the edge between two clicks", async () => {
    const test = await withTool("S", false);
    for (const [x, y] of [
      [48, 5],
      [48, 60],
      [94, 60],
      [94, 5],
    ] as const)
      await test.click(x, y);
    await test.press("Enter");
    const drawn = test.snapshot.annotations[1]?.rle;
    expect([hasPixel(drawn, 47, 30), hasPixel(drawn, 48, 30), hasPixel(drawn, 92, 30)]).toEqual([false, true, true]);
  });

  test("undo takes back the last line", async () => {
    const test = await withTool("S", false);
    for (const [x, y] of [
      [48, 5],
      [48, 60],
      [60, 20],
    ] as const)
      await test.click(x, y);
    await test.press("Mod+Z");
    const draft = test.editor.getScene()?.draft;
    expect(draft?.kind === "outline" && draft.handles).toHaveLength(2);
    await test.press("Escape");
    expect(test.snapshot.annotations).toHaveLength(1);
  });
});

describe("split", () => {
  test("a line through the mask makes two of it, in one step", async () => {
    const test = await withTool("K");
    await test.drag([30, 10], [30, 50]);
    expect(test.snapshot.annotations).toHaveLength(2);
    expect(test.snapshot.annotations.reduce((sum, { area }) => sum + area, 0)).toBe(400);
    await test.press("Mod+Z");
    expect(test.snapshot.annotations).toHaveLength(1);
    expect(rleIou(maskOf(test) ?? SQUARE.rle, SQUARE.rle)).toBe(1);
  });

  test("a line that stops inside the mask is told", async () => {
    const test = await withTool("K");
    await test.drag([30, 10], [30, 30]);
    expect(test.notices).toHaveLength(1);
    expect(test.snapshot.annotations).toHaveLength(1);
  });
});
