import { describe, expect, test } from "vitest";
import { rectangle } from "./testing/masks";
import { TestEditor } from "./testing/testEditor";

const finger = (pointerId: number) => ({ pointerId, pointerType: "touch" }) as const;

describe("two fingers", () => {
  test("zoom and pan, and leave no trace of what the first one began", async () => {
    const test = await TestEditor.open();
    const { zoom } = test.snapshot;
    test.pointerDown(40, 30, finger(1));
    test.pointerDown(50, 30, finger(2));
    expect(test.prompt.points).toEqual([]);
    expect(test.snapshot.gesture).toBe("pinching");
    test.pointerMove(60, 30, finger(2));
    expect(test.snapshot.zoom).toBeGreaterThan(zoom * 1.5);
    test.pointerUp(60, 30, finger(2)).pointerUp(40, 30, finger(1));
    expect(test.snapshot).toMatchObject({ gesture: "idle", undoLabel: null });
  });

  test("keep the corners of a polygon that is being drawn", async () => {
    const test = await TestEditor.open();
    await test.press("G");
    await test.click(10, 10, finger(1));
    await test.click(40, 10, finger(1));
    test.pointerDown(20, 40, finger(1)).pointerDown(60, 40, finger(2));
    test.pointerUp(20, 40, finger(1)).pointerUp(60, 40, finger(2));
    const draft = test.editor.getScene()?.draft;
    expect(draft?.kind === "outline" && draft.handles).toHaveLength(2);
  });

  test("after them one finger works again", async () => {
    const test = await TestEditor.open();
    test.pointerDown(40, 30, finger(1)).pointerDown(50, 30, finger(2));
    test.pointerUp(50, 30, finger(2)).pointerUp(40, 30, finger(1));
    await test.click(40, 30, finger(3));
    expect(test.snapshot.candidates).toHaveLength(3);
  });
});

describe("pen", () => {
  test("the hand that rests on the screen while a pen draws is ignored", async () => {
    const test = await TestEditor.open({ 1: [rectangle("square", [10, 10, 10, 10])] });
    await test.press("B");
    test.pointerDown(50, 30, { pointerId: 9, pointerType: "pen" });
    test.pointerDown(80, 60, finger(1)).pointerMove(82, 61, finger(1));
    test.pointerMove(70, 30, { pointerId: 9, pointerType: "pen" });
    test.pointerUp(70, 30, { pointerId: 9, pointerType: "pen" });
    expect(test.snapshot.annotations).toHaveLength(2);
    expect(test.snapshot.annotations[1]?.bboxXywh[1]).toBeLessThan(31);
    expect(test.snapshot.gesture).toBe("idle");
  });
});
