import { expect, test } from "vitest";
import { deviceBox, levelFor, parentOf, TILE_SIDE, tileBox, tilesIn, topLevel, visibleBox } from "./tiles";

const IMAGE_HW = [3000, 4000] as const;

test("the top level holds the image in one tile, the one below does not", () => {
  const top = topLevel(IMAGE_HW);
  expect(tilesIn(top, { x0: 0, y0: 0, x1: 4000, y1: 3000 })).toHaveLength(1);
  expect(tilesIn(top - 1, { x0: 0, y0: 0, x1: 4000, y1: 3000 }).length).toBeGreaterThan(1);
  expect(topLevel([10, 10])).toBe(0);
});

test("a level's pixels are never larger than the screen's", () => {
  for (const scale of [0.05, 0.25, 0.3, 0.5, 0.99, 1, 3, 64]) {
    const level = levelFor(IMAGE_HW, scale);
    expect(2 ** level * scale <= 1 || level === 0).toBe(true);
    expect(2 ** (level + 1) * scale > 1 || level === topLevel(IMAGE_HW)).toBe(true);
  }
});

test("tiles cover what is asked for, without overlap", () => {
  const tiles = tilesIn(1, { x0: 0, y0: 0, x1: 4000, y1: 3000 });
  const area = tiles.map((tile) => tileBox(tile, IMAGE_HW)).reduce((sum, b) => sum + (b.x1 - b.x0) * (b.y1 - b.y0), 0);
  expect(area).toBe(4000 * 3000);
});

test("those in the middle come first", () => {
  const [first] = tilesIn(0, { x0: 0, y0: 0, x1: 5 * TILE_SIDE, y1: 3 * TILE_SIDE });
  expect(first).toEqual({ level: 0, column: 2, row: 1 });
});

test("a parent holds its child", () => {
  const child = tileBox({ level: 0, column: 5, row: 3 }, IMAGE_HW);
  const parent = tileBox(parentOf({ level: 0, column: 5, row: 3 }), IMAGE_HW);
  expect(parent.x0 <= child.x0 && parent.x1 >= child.x1 && parent.y0 <= child.y0 && parent.y1 >= child.y1).toBe(true);
});

test("what is seen ends at the image and at the canvas", () => {
  const viewport = { scale: 2, offsetX: 100, offsetY: -50 };
  expect(visibleBox(viewport, IMAGE_HW, [600, 800])).toEqual({ x0: 0, y0: 25, x1: 350, y1: 325 });
  expect(visibleBox({ scale: 1, offsetX: 900, offsetY: 0 }, IMAGE_HW, [600, 800])).toBeNull();
});

test("tiles that touch in the image touch on the screen", () => {
  const viewport = { scale: 0.3371, offsetX: 3.7, offsetY: 0.2 };
  const left = deviceBox({ x0: 0, y0: 0, x1: 512, y1: 512 }, viewport, 1.5);
  const right = deviceBox({ x0: 512, y0: 0, x1: 1024, y1: 512 }, viewport, 1.5);
  expect(left.x1).toBe(right.x0);
});
