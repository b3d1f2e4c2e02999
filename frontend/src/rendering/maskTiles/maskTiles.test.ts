import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Annotation } from "../../document";
import { encodeMask } from "../../masks";
import { randomMask } from "../../masks/testing";
import { INITIAL_DISPLAY } from "../../session";
import { tintMask } from "../maskPixels";
import type { Scene } from "../scene";
import { MaskTiles } from "./maskTiles";
import { changedMasks, paintedMasks } from "./paintedMasks";
import { TilePainting } from "./paintTile";

const IMAGE_HW = [700, 900] as const;
const LATE = Number.POSITIVE_INFINITY;
const TINT = { color: [10, 200, 30], fillAlpha: 115, edgeAlpha: 225 } as const;

function annotation(id: string, seed: number, place: { left: number; top: number; side: number }): Annotation {
  const mask = { height: IMAGE_HW[0], width: IMAGE_HW[1], data: new Uint8Array(IMAGE_HW[0] * IMAGE_HW[1]) };
  const part = randomMask(place.side, place.side, seed);
  for (let row = 0; row < place.side; row++) {
    const line = part.data.subarray(row * place.side, (row + 1) * place.side);
    mask.data.set(line, (place.top + row) * mask.width + place.left);
  }
  return { id, categoryId: 1, ...encodeMask(mask) } as unknown as Annotation;
}

function sceneOf(annotations: readonly Annotation[], more: Partial<Scene> = {}): Scene {
  return {
    imageHw: IMAGE_HW,
    annotations: new Map(annotations.map((each) => [each.id, each])),
    display: INITIAL_DISPLAY,
    colorOfCategory: new Map(),
    selectedIds: new Set(),
    ...more,
  } as unknown as Scene;
}

let made: number;
beforeEach(() => {
  made = 0;
  vi.stubGlobal(
    "OffscreenCanvas",
    class {
      number = ++made;
      getContext = () => null;
    },
  );
});
afterEach(() => vi.unstubAllGlobals());

test("a mask across two tiles is painted as it would be in one", () => {
  const mask = annotation("a", 3, { left: 400, top: 300, side: 250 });
  const [left, right] = [0, 1].map((column) => {
    const painting = new TilePainting({ level: 0, column, row: 0 }, IMAGE_HW, [{ annotation: mask, tint: TINT }]);
    painting.continueUntil(LATE);
    return new Uint32Array(painting.pixels.buffer);
  });
  const whole = { height: IMAGE_HW[0], width: IMAGE_HW[1], data: new Uint8Array(IMAGE_HW[0] * IMAGE_HW[1]) };
  const part = randomMask(250, 250, 3);
  for (let row = 0; row < 250; row++)
    whole.data.set(part.data.subarray(row * 250, row * 250 + 250), (300 + row) * 900 + 400);
  const expected = new Uint32Array(tintMask(whole, { left: 0, top: 0, right: 900, bottom: 512 }, TINT).buffer);
  for (let row = 0; row < 512; row++) {
    expect(left?.subarray(row * 512, (row + 1) * 512)).toEqual(expected.subarray(row * 900, row * 900 + 512));
    expect(right?.subarray(row * 388, (row + 1) * 388)).toEqual(expected.subarray(row * 900 + 512, (row + 1) * 900));
  }
});

test("a mask smaller than a coarse level's pixels is still seen", () => {
  const dot = { ...annotation("a", 1, { left: 0, top: 0, side: 1 }) };
  const mask = { height: IMAGE_HW[0], width: IMAGE_HW[1], data: new Uint8Array(IMAGE_HW[0] * IMAGE_HW[1]) };
  mask.data[3 * 900 + 2] = 1;
  const painting = new TilePainting({ level: 3, column: 0, row: 0 }, IMAGE_HW, [
    { annotation: { ...dot, ...encodeMask(mask) }, tint: TINT },
  ]);
  painting.continueUntil(LATE);
  expect(new Uint32Array(painting.pixels.buffer).filter((word) => word !== 0)).toHaveLength(1);
});

test("painting stops when its time is up, and goes on where it was", () => {
  const masks = [1, 2, 3].map((seed) => annotation(String(seed), seed, { left: 10, top: 10, side: 40 }));
  const painting = new TilePainting(
    { level: 0, column: 0, row: 0 },
    IMAGE_HW,
    masks.map((each) => ({ annotation: each, tint: TINT })),
  );
  expect([0, 0, 0].map(() => painting.continueUntil(0))).toEqual([false, false, true]);
});

test("an edit paints only the tiles that it touches", () => {
  const [a, b] = [
    annotation("a", 1, { left: 10, top: 10, side: 40 }),
    annotation("b", 2, { left: 700, top: 10, side: 40 }),
  ];
  const tiles = new MaskTiles();
  const ids = [
    { level: 0, column: 0, row: 0 },
    { level: 0, column: 1, row: 0 },
  ];
  tiles.update(sceneOf([a, b]));
  expect(tiles.paint(ids, LATE)).toBe(true);
  expect(made).toBe(2);
  tiles.update(sceneOf([a, annotation("b", 5, { left: 700, top: 10, side: 40 })]));
  tiles.paint(ids, LATE);
  expect(made).toBe(3);
  tiles.update(sceneOf([a]));
  tiles.paint(ids, LATE);
  expect(made).toBe(3);
  expect(tiles.find({ level: 0, column: 1, row: 0 })).toBe("empty");
});

test("another order, another style and another category's colour are noticed; another selection is not", () => {
  const [a, b] = [
    annotation("a", 1, { left: 10, top: 10, side: 40 }),
    annotation("b", 2, { left: 20, top: 20, side: 40 }),
  ];
  const before = paintedMasks(sceneOf([a, b]), new Map());
  const after = (scene: Scene) => changedMasks(before, paintedMasks(scene, before));
  expect(after(sceneOf([a, b], { selectedIds: new Set(["a"]) }))).toEqual([]);
  expect(after(sceneOf([b, a]))).toBeNull();
  expect(after(sceneOf([a, b], { display: { ...INITIAL_DISPLAY, maskStyle: "outline" } }))).toHaveLength(4);
  expect(after(sceneOf([a, b], { colorOfCategory: new Map([[1, "#123456"]]) }))).toHaveLength(4);
  const own = { ...INITIAL_DISPLAY, opacityOf: new Map([["b", 1]]) };
  expect(after(sceneOf([a, b], { display: own }))?.map(({ id }) => id)).toEqual(["b", "b"]);
  const isolating = { ...INITIAL_DISPLAY, isIsolating: true };
  expect(after(sceneOf([a, b], { display: isolating, selectedIds: new Set(["b"]) }))?.map(({ id }) => id)).toEqual([
    "a",
  ]);
});
