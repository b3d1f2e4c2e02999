import { expect, test } from "vitest";
import { imagePoint } from "../geometry";
import { emptyMask, type Rle } from "../masks";
import { encodeRegion, Following } from "./following";
import { SeenPixels } from "./seenPixels";
import { Store } from "./store";
import { hasPixel } from "./testing/masks";
import { TestEditor } from "./testing/testEditor";

/** With the test image open. */
async function openStore(): Promise<Store> {
  const store = new Store();
  store.update((await TestEditor.open()).editor.state);
  return store;
}

test("a region read at a coarser scale covers the same place of the image", () => {
  const mask = emptyMask(4, 6);
  mask.data.fill(1, 0, 3);
  const region = { kind: "region", mask, left: 10, top: 20, step: [4, 3], paint: "add" } as const;
  const { rle, bboxXywh, area } = encodeRegion(region, [64, 96]);
  expect({ bboxXywh, area }).toEqual({ bboxXywh: [10, 20, 12, 3], area: 36 });
  expect(hasPixel(rle, 21, 22)).toBe(true);
});

test("a region that was read pixel by pixel is taken pixel by pixel", () => {
  const mask = emptyMask(3, 3);
  mask.data.set([1, 0, 0, 0, 1, 0, 1, 0, 1]);
  const region = { kind: "region", mask, left: 40, top: 10, step: [1, 1], paint: "add" } as const;
  const { rle, area } = encodeRegion(region, [64, 96]);
  expect([area, hasPixel(rle, 40, 10), hasPixel(rle, 41, 11), hasPixel(rle, 41, 10)]).toEqual([4, true, true, false]);
});

test("a region with a hole keeps it", () => {
  const mask = emptyMask(3, 3);
  mask.data.fill(1);
  mask.data[4] = 0;
  const size: Rle["size"] = [64, 96];
  expect(encodeRegion({ kind: "region", mask, left: 0, top: 0, step: [2, 2], paint: "add" }, size).area).toBe(32);
});

test("only what is seen is read, and read once", async () => {
  const seen = new SeenPixels(await openStore());
  const [first, second] = await Promise.all([seen.read(1e6), seen.read(1e6)]);
  expect(first).toBe(second);
  expect(first?.rgba.width).toBe(96);
  expect((await seen.read(100))?.rgba.width).toBeLessThan(20);
});

test("lines are straight until the pixels have come, and follow the edge afterwards", async () => {
  const host = { showImage: () => undefined, notify: () => undefined, reveal: () => undefined };
  const following = new Following(new SeenPixels(await openStore()), host);
  const lineTo = following.edgesFrom(imagePoint(46, 5));
  expect(lineTo(imagePoint(46, 60))).toHaveLength(2);
  await new Promise((resolve) => setTimeout(resolve, 0));
  const line = lineTo(imagePoint(46, 60));
  expect(line.filter(({ x }) => x === 48)).toHaveLength(2);
});
