import { describe, expect, test } from "vitest";
import { settle } from "./testing/fakes";
import { TestEditor } from "./testing/testEditor";

const urgencies = ({ segmentation }: TestEditor): string[] => segmentation.calls.map(({ urgency }) => urgency);

describe("points", () => {
  test("the press decodes, not the release", async () => {
    const test = await TestEditor.open();
    test.pointerDown(40, 30);
    expect(urgencies(test)).toEqual(["click"]);
    await settle();
    expect(test.snapshot.candidates).toHaveLength(3);
  });

  test("left adds foreground, Alt and the right button add background", async () => {
    const test = await TestEditor.open();
    await test.click(40, 30);
    await test.click(50, 30, { alt: true });
    await test.click(60, 30, { button: "right" });
    expect(test.prompt.points.map(({ label }) => label)).toEqual([1, 0, 0]);
    expect(test.prompt.points[0]?.point).toEqual({ x: expect.closeTo(40), y: expect.closeTo(30) });
  });

  test("a click beside the image does nothing", async () => {
    const test = await TestEditor.open();
    await test.click(-5, 30);
    expect(test.segmentation.calls).toEqual([]);
  });

  test("the second click feeds back the logits of the candidate that was chosen", async () => {
    const test = await TestEditor.open();
    await test.click(40, 30);
    await test.press("Tab");
    const chosen = test.snapshot.candidates[1]?.lowResLogits;
    await test.click(60, 30);
    expect(test.segmentation.calls[0]?.prompt.previousLogits).toBeNull();
    expect(test.segmentation.calls[1]?.prompt.previousLogits).toBe(chosen);
  });

  test("the mask that a further point refines stays on the screen until the answer comes", async () => {
    const test = await TestEditor.open();
    await test.click(40, 30);
    const before = test.editor.getScene()?.candidate;
    test.segmentation.isHolding = true;
    await test.click(60, 30);
    expect(test.editor.getScene()).toMatchObject({ candidate: before, isPreview: true });
    test.segmentation.release();
    await settle();
    expect(test.editor.getScene()?.candidate).not.toBe(before);
    expect(test.editor.getScene()?.isPreview).toBe(false);
  });

  test("an answer to an earlier prompt is not shown for a later one", async () => {
    const test = await TestEditor.open();
    test.segmentation.isHolding = true;
    await test.click(20, 20);
    await test.click(70, 40);
    test.segmentation.release("last");
    await settle();
    expect(test.snapshot.candidates).toHaveLength(3);
    expect(test.prompt.points).toHaveLength(2);
    expect(test.prompt.candidates?.all[0]?.lowResLogits.data[5 * 12 + 8]).toBe(4);
  });

  test("a click before the embedding is there is answered when it comes", async () => {
    const test = new TestEditor();
    let arrive: () => void = () => undefined;
    test.segmentation.openGate = new Promise((resolve) => {
      arrive = resolve;
    });
    void test.editor.openImage(1);
    await settle();
    await test.click(40, 30);
    expect(test.segmentation.calls).toEqual([]);
    expect(test.snapshot.isDecoding).toBe(true);
    arrive();
    await settle();
    expect(test.snapshot.candidates).toHaveLength(3);
    expect(test.snapshot.isDecoding).toBe(false);
  });

  test("a decode that fails is told, and the next click works", async () => {
    const test = await TestEditor.open();
    test.segmentation.failure = new Error("boom");
    await test.click(40, 30);
    expect(test.notices).toHaveLength(1);
    expect(test.snapshot.isDecoding).toBe(false);
    test.segmentation.failure = null;
    await test.click(42, 30);
    expect(test.snapshot.candidates).toHaveLength(3);
  });
});

describe("hover", () => {
  test("shows one mask before the click, and the click takes it over without waiting", async () => {
    const test = await TestEditor.open();
    await test.hover(40.2, 30.2);
    expect(test.editor.getScene()).toMatchObject({ isPreview: true, candidate: { height: 8 } });
    test.segmentation.isHolding = true;
    test.pointerDown(40.4, 30.4);
    expect(test.snapshot.candidates).toHaveLength(3);
    expect(urgencies(test)).toEqual(["hover"]);
    expect(test.editor.getScene()).toMatchObject({ isPreview: false });
  });

  test("asks again only after a pixel of the encoder's image", async () => {
    const test = await TestEditor.open();
    await test.hover(40.2, 30.2);
    await test.hover(40.6, 30.7);
    expect(test.segmentation.calls).toHaveLength(1);
    await test.hover(41.2, 30.7);
    expect(test.segmentation.calls).toHaveLength(2);
  });

  test("is silent while a mask is being made, and gone when the pointer leaves", async () => {
    const test = await TestEditor.open();
    await test.hover(40, 30);
    test.editor.gestures.pointerLeave();
    expect(test.editor.getScene()?.candidate).toBeNull();
    await test.click(40, 30);
    test.segmentation.calls.length = 0;
    await test.hover(70, 50);
    expect(test.segmentation.calls).toEqual([]);
  });

  test("a preview that comes after the pointer has left is not shown", async () => {
    const test = await TestEditor.open();
    test.segmentation.isHolding = true;
    await test.hover(40, 30);
    test.editor.gestures.pointerLeave();
    test.segmentation.release();
    await settle();
    expect(test.editor.getScene()?.candidate).toBeNull();
  });

  test("of the whole image does not answer a click on a region that has come since", async () => {
    const test = await TestEditor.open();
    await test.hover(40.2, 30.2);
    test.showRegion({ x0: 32, y0: 24, x1: 48, y1: 36 });
    await test.click(40.4, 30.4);
    expect(urgencies(test)).toEqual(["hover", "click"]);
  });

  test("does not stand in for a background point", async () => {
    const test = await TestEditor.open();
    await test.hover(40, 30);
    await test.click(40, 30, { alt: true });
    expect(urgencies(test)).toEqual(["hover", "click"]);
  });
});

describe("box", () => {
  test("a drag makes a box, and leaves no trace of the point that the press made", async () => {
    const test = await TestEditor.open();
    await test.drag([20, 10], [60, 50]);
    expect(test.prompt.points).toEqual([]);
    expect(test.prompt.box).toEqual({
      x0: expect.closeTo(20),
      y0: expect.closeTo(10),
      x1: expect.closeTo(60),
      y1: expect.closeTo(50),
    });
    expect(test.snapshot.undoLabel).toBe("Draw box");
    await test.press("Mod+Z");
    expect(test.snapshot.undoLabel).toBeNull();
  });

  test("a trembling hand still clicks", async () => {
    const test = await TestEditor.open();
    test.pointerDown(40, 30).pointerMove(40.3, 30.3).pointerUp(40.3, 30.3);
    await settle();
    expect(test.prompt.points).toHaveLength(1);
    expect(test.prompt.box).toBeNull();
  });

  test("a box that starts and ends outside is cut at the image", async () => {
    const test = await TestEditor.open();
    await test.drag([-8, -8], [200, 30]);
    expect(test.prompt.box).toEqual({ x0: 0, y0: 0, x1: 96, y1: expect.closeTo(30) });
  });

  test("Escape in the middle of a drag leaves everything as it was", async () => {
    const test = await TestEditor.open();
    test.pointerDown(20, 10).pointerMove(50, 40);
    expect(test.editor.getScene()?.box).not.toBeNull();
    await test.press("Escape");
    test.pointerUp(50, 40);
    await settle();
    expect(test.editor.getScene()?.box).toBeNull();
    expect(test.snapshot.undoLabel).toBeNull();
  });

  test("points refine a box", async () => {
    const test = await TestEditor.open();
    await test.drag([20, 10], [60, 50]);
    await test.click(30, 30, { alt: true });
    expect(test.prompt).toMatchObject({ box: { x1: expect.closeTo(60) }, points: [{ label: 0 }] });
    expect(test.prompt.previousLogits).not.toBeNull();
  });
});

describe("candidates", () => {
  test("Tab and Shift+Tab go around", async () => {
    const test = await TestEditor.open();
    await test.click(40, 30);
    await test.press("Tab");
    expect(test.snapshot.chosenCandidate).toBe(1);
    await test.press("Shift+Tab");
    await test.press("Shift+Tab");
    expect(test.snapshot.chosenCandidate).toBe(2);
  });

  test("Tab belongs to the browser while there is nothing to choose", async () => {
    const test = await TestEditor.open();
    expect(test.editor.keyDown({ key: "Tab" })).toBe(false);
    await test.click(40, 30);
    expect(test.editor.keyDown({ key: "Tab" })).toBe(true);
  });

  test("the wheel chooses while there are candidates and zooms otherwise", async () => {
    const test = await TestEditor.open();
    const fitted = test.snapshot.zoom;
    test.wheel(-100);
    expect(test.snapshot.zoom).toBeGreaterThan(fitted);
    await test.click(40, 30);
    const zoom = test.snapshot.zoom;
    test.wheel(100);
    expect(test.snapshot).toMatchObject({ zoom, chosenCandidate: 1 });
    test.wheel(100, true);
    expect(test.snapshot.zoom).toBeLessThan(zoom);
  });

  test("small movements of a touch pad add up to one step", async () => {
    const test = await TestEditor.open();
    await test.click(40, 30);
    for (let count = 0; count < 7; count++) test.wheel(10);
    expect(test.snapshot.chosenCandidate).toBe(1);
  });
});

describe("a segmenter that can be asked for its best mask alone", () => {
  async function choosing(): Promise<TestEditor> {
    const test = await TestEditor.open();
    test.segmentation.choosesCandidates = true;
    return test;
  }

  test("answers the click with it, and the other candidates follow", async () => {
    const test = await choosing();
    test.segmentation.isHolding = true;
    test.pointerDown(40, 30).pointerUp(40, 30);
    test.segmentation.release();
    await settle();
    expect(test.snapshot).toMatchObject({ candidates: { length: 1 }, isDecoding: false });
    test.segmentation.release();
    await settle();
    expect(urgencies(test)).toEqual(["click", "candidates"]);
    expect(test.snapshot).toMatchObject({ candidates: { length: 3 }, chosenCandidate: 0 });
  });

  test("gives the others after a click that the preview answered", async () => {
    const test = await choosing();
    await test.hover(40, 30);
    await test.click(40, 30);
    expect(urgencies(test)).toEqual(["hover", "candidates"]);
    expect(test.snapshot.candidates).toHaveLength(3);
  });

  test("its other candidates are not shown for a later prompt", async () => {
    const test = await choosing();
    await test.click(40, 30);
    test.segmentation.isHolding = true;
    await test.click(60, 30);
    test.segmentation.release();
    await settle();
    await test.press("Escape");
    test.segmentation.release();
    await settle();
    expect(test.snapshot.candidates).toEqual([]);
  });

  test("gives the others after undo, too, when they had not come", async () => {
    const test = await choosing();
    test.segmentation.isHolding = true;
    await test.click(40, 30);
    test.segmentation.release();
    await settle();
    await test.click(60, 30);
    test.segmentation.isHolding = false;
    test.segmentation.release();
    await settle();
    await test.press("Mod+Z");
    expect(test.prompt.points).toHaveLength(1);
    expect(test.snapshot.candidates).toHaveLength(3);
  });
});
