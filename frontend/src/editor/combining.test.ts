import { describe, expect, test } from "vitest";
import { hasPixel, rectangle } from "./testing/masks";
import { TestEditor } from "./testing/testEditor";

const LEFT = rectangle("left", [10, 10, 20, 20]);
const RIGHT = rectangle("right", [20, 10, 20, 20]);

async function both(): Promise<TestEditor> {
  const test = await TestEditor.open({ 1: [LEFT, RIGHT] });
  test.editor.select("right");
  test.editor.selecting.toggle("left");
  return test;
}
const areas = (test: TestEditor) => Object.fromEntries(test.snapshot.annotations.map(({ id, area }) => [id, area]));

describe("two masks", () => {
  test("are merged into the one that was selected last, in one step", async () => {
    const test = await both();
    await test.press("Shift+M");
    await test.press("Mod+Z");
    await test.press("M");
    expect(areas(test)).toEqual({ left: 600 });
    await test.press("Mod+Z");
    expect(areas(test)).toEqual({ left: 400, right: 400 });
  });

  test("are subtracted and intersected; the other one stays", async () => {
    const test = await both();
    await test.press("Shift+M");
    expect(areas(test)).toEqual({ left: 200, right: 400 });
    await test.press("Mod+Z");
    await test.press("Shift+I");
    expect(areas(test)).toEqual({ left: 200, right: 400 });
    expect(hasPixel(test.snapshot.annotations.find(({ id }) => id === "left")?.rle, 25, 15)).toBe(true);
  });

  test("one alone cannot be merged, and says so", async () => {
    const test = await both();
    test.editor.select("left");
    expect(test.editor.commands.get("combine.merge")?.disabledReason()).toBe("Select two annotations or more first.");
  });
});

describe("parts", () => {
  test("become annotations of their own", async () => {
    const test = await TestEditor.open({ 1: [LEFT, rectangle("far", [60, 10, 10, 10])] });
    test.editor.selecting.all();
    await test.press("M");
    await test.press("Shift+K");
    expect(Object.values(areas(test))).toEqual([400, 100]);
    expect(test.notices).toEqual([]);
  });

  test("a mask in one piece is told", async () => {
    const test = await TestEditor.open({ 1: [LEFT] });
    test.editor.select("left");
    await test.press("Shift+K");
    expect(test.notices.map(({ message }) => message)).toEqual(["The mask is in one piece."]);
  });
});

describe("copies", () => {
  test("a duplicate has another id and is selected", async () => {
    const test = await TestEditor.open({ 1: [LEFT] });
    test.editor.select("left");
    await test.press("Mod+D");
    const [, copy] = test.snapshot.annotations;
    expect(copy).toMatchObject({ rle: LEFT.rle, categoryId: 11, source: "manual" });
    expect(test.snapshot.selectedId).toBe(copy?.id);
  });

  test("are pasted on another image at the same pixels", async () => {
    const test = await TestEditor.open({ 1: [LEFT] });
    test.editor.select("left");
    await test.press("Mod+C");
    await test.editor.openImage(2);
    await test.press("Mod+V");
    expect(test.snapshot.annotations).toMatchObject([{ imageId: 2, rle: LEFT.rle }]);
    expect(test.sync.saved).toMatchObject([{ imageId: 2 }]);
  });

  test("nothing can be pasted before something was copied", async () => {
    const test = await TestEditor.open();
    expect(test.editor.commands.get("combine.paste")?.disabledReason()).toBe("Copy masks first.");
  });
});

describe("shape", () => {
  test("grows, shrinks and is as it was", async () => {
    const test = await TestEditor.open({ 1: [LEFT] });
    test.editor.select("left");
    await test.press(">");
    const grown = areas(test).left ?? 0;
    expect(grown).toBeGreaterThan(400 + 4 * 2 * 20 - 1);
    await test.press("<");
    await test.press("Mod+Z");
    await test.press("Mod+Z");
    expect(areas(test)).toEqual({ left: 400 });
  });

  test("a mask that would vanish stays", async () => {
    const test = await TestEditor.open({ 1: [LEFT] });
    test.editor.select("left");
    test.editor.tools.change({ reach: 30 });
    await test.press("<");
    expect(areas(test)).toEqual({ left: 400 });
    expect(test.notices).toHaveLength(1);
  });

  test("holes are filled and specks removed, of all that is selected", async () => {
    const test = await TestEditor.open({ 1: [LEFT, rectangle("far", [60, 10, 5, 5])] });
    test.editor.select("left");
    await test.press("E");
    test.editor.tools.change({ brushDiameter: 4 });
    await test.click(20, 20);
    expect(areas(test).left).toBeLessThan(400);
    await test.press("Shift+H");
    expect(areas(test).left).toBe(400);
    test.editor.selecting.all();
    await test.press("M");
    await test.press("Shift+X");
    expect(Object.values(areas(test))).toEqual([400]);
  });
});
