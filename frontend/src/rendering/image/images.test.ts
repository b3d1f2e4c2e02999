import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type TileId, tileKey } from "../../geometry";
import type { Picture } from "../drawTiles";
import { ImageCache } from "./imageCache";
import type { ImagePixels } from "./imagePixels";
import type { ImageFiles } from "./loadImage";
import { TiledImage } from "./tiledImage";

const IMAGE_HW = [9000, 12000] as const;
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** Remembers which pictures were drawn where. */
function fakeContext() {
  const drawn: { of: string; to: readonly number[] }[] = [];
  const nothing = (): void => undefined;
  const context = {
    save: nothing,
    restore: nothing,
    beginPath: nothing,
    rect: nothing,
    clip: nothing,
    setTransform: nothing,
    drawImage: (picture: { of: string }, ...numbers: number[]) => drawn.push({ of: picture.of, to: numbers.slice(4) }),
  };
  return { context: context as unknown as CanvasRenderingContext2D, drawn };
}

function setUp(fetchTile = (tile: TileId) => ({ of: tileKey(tile), width: 512, height: 512 }) as unknown as Picture) {
  const fetched: string[] = [];
  const image = new TiledImage(IMAGE_HW, async (tile) => {
    fetched.push(tileKey(tile));
    return fetchTile(tile);
  });
  return { image, fetched };
}
const CANVAS = { canvasHw: [600, 800], pixelRatio: 1 } as const;

beforeEach(() => vi.stubGlobal("performance", { now: () => 0 }));
afterEach(() => vi.unstubAllGlobals());

test("the whole image is there when the coarsest tile is", async () => {
  const { image, fetched } = setUp();
  await image.open();
  expect(fetched).toEqual(["5/0/0"]);
});

test("what is seen is drawn from a coarser tile until its own has come", async () => {
  const { image } = setUp();
  await image.open();
  const view = { viewport: { scale: 1, offsetX: 0, offsetY: 0 }, ...CANVAS };
  const [before, after] = [fakeContext(), fakeContext()];
  image.drawView(before.context, view);
  expect(new Set(before.drawn.map(({ of }) => of))).toEqual(new Set(["5/0/0"]));
  await settle();
  image.drawView(after.context, view);
  expect(after.drawn.map(({ of }) => of).sort()).toEqual(["0/0/0", "0/0/1", "0/1/0", "0/1/1"]);
});

test("only what is seen is fetched, at the level of the screen", async () => {
  const { image, fetched } = setUp();
  await image.open();
  image.drawView(fakeContext().context, { viewport: { scale: 0.25, offsetX: -600, offsetY: -600 }, ...CANVAS });
  await settle();
  const levels = fetched.slice(1).map((key) => key.split("/")[0]);
  expect(new Set(levels)).toEqual(new Set(["2"]));
  expect(fetched.length).toBeLessThan(12);
});

test("tiles meet on whole pixels of the canvas", async () => {
  const { image } = setUp();
  await image.open();
  const view = { viewport: { scale: 0.7331, offsetX: -3000.4, offsetY: -2000.7 }, ...CANVAS };
  image.drawView(fakeContext().context, view);
  await settle();
  const { context, drawn } = fakeContext();
  image.drawView(context, view);
  for (const { to } of drawn) expect(to.every(Number.isInteger)).toBe(true);
});

test("a tile that could not be had is not asked for with every frame", async () => {
  const { image, fetched } = setUp((tile) => {
    if (tile.level === 0) throw new Error("gone");
    return { of: tileKey(tile), width: 512, height: 512 } as unknown as Picture;
  });
  await image.open();
  const view = { viewport: { scale: 1, offsetX: 0, offsetY: 0 }, ...CANVAS };
  for (let frame = 0; frame < 5; frame++) {
    image.drawView(fakeContext().context, view);
    await settle();
  }
  expect(fetched.filter((key) => key === "0/0/0")).toHaveLength(1);
});

test("listeners hear of every tile", async () => {
  const { image } = setUp();
  await image.open();
  const heard = vi.fn();
  image.subscribe(heard);
  image.drawView(fakeContext().context, { viewport: { scale: 1, offsetX: 0, offsetY: 0 }, ...CANVAS });
  await settle();
  expect(heard).toHaveBeenCalledTimes(4);
});

function files(id: number): ImageFiles {
  return { width: 10, height: 10, contentUrl: `/content/${id}`, tileUrl: null };
}

test("an image that was fetched ahead is not loaded again, and old ones are let go", async () => {
  const disposed: string[] = [];
  const load = vi.fn(async ({ contentUrl }: ImageFiles) => {
    return { dispose: () => disposed.push(contentUrl) } as unknown as ImagePixels;
  });
  const cache = new ImageCache(load);
  await cache.get(files(1));
  await cache.get(files(2));
  await cache.get(files(1));
  expect(load).toHaveBeenCalledTimes(2);
  for (const id of [3, 4, 5]) await cache.get(files(id));
  expect(disposed).toEqual(["/content/2"]);
});

test("an image that could not be loaded is tried again", async () => {
  const load = vi.fn(async () => Promise.reject(new Error("no network")));
  const cache = new ImageCache(load);
  await expect(cache.get(files(1))).rejects.toThrow();
  await expect(cache.get(files(1))).rejects.toThrow();
  expect(load).toHaveBeenCalledTimes(2);
});
