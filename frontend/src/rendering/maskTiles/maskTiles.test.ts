import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Annotation } from "../../document";
import { type TileId, tileBox } from "../../geometry";
import { encodeMask } from "../../masks";
import { randomMask } from "../../masks/testing";
import { INITIAL_DISPLAY } from "../../session";
import { tintMask } from "../maskPixels";
import type { Scene } from "../scene";
import { MaskTiles } from "./maskTiles";
import { changedMasks, paintedMasks } from "./paintedMasks";
import { partOfTile, TilePainting } from "./paintTile";

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

function paintingOf(tile: TileId, masks: readonly Annotation[], part = tileBox(tile, IMAGE_HW)): TilePainting {
  const painted = masks.map((annotation) => ({ annotation, tint: TINT }));
  return new TilePainting(tile, part, IMAGE_HW, painted);
}

let made: number;
/** What was put onto canvases: where, and how large. */
let put: (readonly number[])[];
beforeEach(() => {
  made = 0;
  put = [];
  vi.stubGlobal(
    "OffscreenCanvas",
    class {
      number = ++made;
      getContext = () => ({
        putImageData: ({ width, height }: ImageData, left: number, top: number) => put.push([left, top, width, height]),
      });
    },
  );
  vi.stubGlobal(
    "ImageData",
    class {
      constructor(
        readonly data: Uint8ClampedArray,
        readonly width: number,
        readonly height: number,
      ) {}
    },
  );
});
afterEach(() => vi.unstubAllGlobals());

test("a part that has lost its last mask is painted too, with nothing", () => {
  const part = { x0: 10, y0: 20, x1: 40, y1: 25 };
  const painting = paintingOf({ level: 0, column: 0, row: 0 }, [], part);
  expect(painting.sizeHw).toEqual([5, 30]);
  expect(painting.pixels).toEqual(new Uint8ClampedArray(4 * 5 * 30));
});

test("a mask across two tiles is painted as it would be in one", () => {
  const mask = annotation("a", 3, { left: 400, top: 300, side: 250 });
  const [left, right] = [0, 1].map((column) => {
    const painting = paintingOf({ level: 0, column, row: 0 }, [mask]);
    painting.continueUntil(LATE);
    return new Uint32Array(painting.pixels.buffer);
  });
  const whole = { height: IMAGE_HW[0], width: IMAGE_HW[1], data: new Uint8Array(IMAGE_HW[0] * IMAGE_HW[1]) };
  const part = randomMask(250, 250, 3);
  for (let row = 0; row < 250; row++)
    whole.data.set(part.data.subarray(row * 250, row * 250 + 250), (300 + row) * 900 + 400);
  const expected = new Uint32Array(tintMask(whole, { left: 0, top: 0, right: 900, bottom: 512 }, TINT).buffer);
  for (let row = 0; row < 512; row++) {
    const tiles = [
      ...(left?.subarray(row * 512, (row + 1) * 512) ?? []),
      ...(right?.subarray(row * 388, (row + 1) * 388) ?? []),
    ];
    // Not `toEqual`, which takes seconds for so many numbers.
    if (tiles.some((word, column) => word !== expected[row * 900 + column])) throw new Error(`row ${row} differs`);
    expect(tiles).toHaveLength(900);
  }
});

test("a mask smaller than a coarse level's pixels is still seen", () => {
  const dot = { ...annotation("a", 1, { left: 0, top: 0, side: 1 }) };
  const mask = { height: IMAGE_HW[0], width: IMAGE_HW[1], data: new Uint8Array(IMAGE_HW[0] * IMAGE_HW[1]) };
  mask.data[3 * 900 + 2] = 1;
  const painting = paintingOf({ level: 3, column: 0, row: 0 }, [{ ...dot, ...encodeMask(mask) }]);
  painting.continueUntil(LATE);
  expect(new Uint32Array(painting.pixels.buffer).filter((word) => word !== 0)).toHaveLength(1);
});

test("a part of a tile is painted as the whole tile is, at every level", () => {
  const masks = [1, 2, 3, 4].map((seed) =>
    annotation(String(seed), seed, { left: 90 + 37 * seed, top: 31 * seed, side: 3 + 25 * (seed - 1) }),
  );
  for (const level of [0, 1, 2, 3]) {
    const tile = { level, column: 0, row: 0 };
    const part = partOfTile(tile, { x0: 133, y0: 45, x1: 214, y1: 122 }, IMAGE_HW);
    const [whole, piece] = [paintingOf(tile, masks), paintingOf(tile, masks, part)];
    for (const painting of [whole, piece]) painting.continueUntil(LATE);
    const words = new Uint32Array(whole.pixels.buffer);
    const [left, top] = [part.x0 / 2 ** level, part.y0 / 2 ** level];
    const [height, width] = piece.sizeHw;
    const cut = Array.from({ length: height }, (_, row) =>
      Array.from(words.subarray((top + row) * whole.sizeHw[1] + left).subarray(0, width)),
    );
    expect(cut.flat()).toEqual(Array.from(new Uint32Array(piece.pixels.buffer)));
    expect(cut.flat().some((word) => word !== 0)).toBe(true);
  }
});

test("painting stops when its time is up, and goes on where it was", () => {
  const masks = [1, 2, 3].map((seed) => annotation(String(seed), seed, { left: 10, top: 10, side: 40 }));
  const painting = paintingOf({ level: 0, column: 0, row: 0 }, masks);
  expect([0, 0, 0].map(() => painting.continueUntil(0))).toEqual([false, false, true]);
});

test("an edit paints only what it touches", () => {
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
  const changed = annotation("b", 5, { left: 700, top: 10, side: 40 });
  tiles.update(sceneOf([a, changed]));
  tiles.paint(ids, LATE);
  expect(made).toBe(2);
  const [x0, y0] = [0, 1].map((axis) => Math.min(b.bboxXywh[axis] ?? 0, changed.bboxXywh[axis] ?? 0));
  const [[left, top, width, height] = []] = put.slice(2);
  expect([left, top]).toEqual([(x0 ?? 0) - 512, y0]);
  expect(width).toBeLessThanOrEqual(40);
  expect(height).toBeLessThanOrEqual(40);
  tiles.update(sceneOf([a]));
  tiles.paint(ids, LATE);
  expect(put).toHaveLength(3);
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
