import { expect, test } from "vitest";
import { settle } from "./testing/fakes";
import { TestEditor } from "./testing/testEditor";

const GRID = { height: 16, width: 24, extentHw: [16, 24] as const, threshold: 0 };

/** An editor whose segmenter looks closer from the third point on, or does not at all. */
async function open(looksCloser = true): Promise<TestEditor> {
  const test = new TestEditor();
  if (looksCloser) test.segmentation.closerLook = { fromPoint: 3, margin: 2, grid: GRID };
  await test.editor.openImage(1);
  await settle();
  return test;
}

const askedKeys = (test: TestEditor): string[] =>
  test.segmentation.calls.filter(({ urgency }) => urgency === "click").map(({ key }) => key);

test("the object's surroundings are fetched after the second point, and answer the third", async () => {
  const test = await open();
  await test.click(8, 8);
  expect(test.segmentation.opened).toHaveLength(1);
  await test.click(12, 8, { shift: true });
  expect(test.editor.describe()).toMatchObject({ closerPart: [0, 0, 44, 44], decodedWithin: null });
  await test.click(8, 14, { shift: true });
  const [first, second, third] = askedKeys(test);
  expect(second).toBe(first);
  expect(third).toBe(`${first} 0 0 44 44`);
  expect(test.editor.describe().decodedWithin).toEqual([0, 0, 44 / 96, 44 / 64]);
});

test("the next object starts from the whole image", async () => {
  const test = await open();
  await test.click(8, 8);
  await test.click(12, 8, { shift: true });
  await test.press("Enter");
  expect(test.editor.describe().closerPart).toBeNull();
  await test.click(80, 40);
  expect(new Set(askedKeys(test)).size).toBe(1);
});

test("surroundings that cannot be had leave the whole image in use", async () => {
  const test = await open();
  await test.click(8, 8);
  test.segmentation.outdated.add(`${askedKeys(test)[0]} 0 0 44 44`);
  await test.click(12, 8, { shift: true });
  await test.click(8, 14, { shift: true });
  expect(new Set(askedKeys(test)).size).toBe(1);
  expect(test.notices).toEqual([]);
});

test("a segmenter that does not look closer fetches nothing, nor does anyone who has switched it off", async () => {
  for (const looksCloser of [false, true]) {
    const test = await open(looksCloser);
    if (looksCloser) test.editor.regions.toggle();
    for (const [x, y] of [
      [8, 8],
      [12, 8],
      [8, 14],
    ] as const)
      await test.click(x, y, { shift: true });
    expect(test.segmentation.opened).toHaveLength(1);
  }
});
