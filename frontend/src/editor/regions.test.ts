import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ImageRegion, RegionalSegmentation } from "../segmentation";
import { Regions } from "./regions";
import { INITIAL_STATE } from "./state";
import { Store } from "./store";
import { imageDetails } from "./testing/fakes";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function setUp() {
  const store = new Store();
  const look = vi.fn(async (_region: ImageRegion | null) => true);
  const regions = new Regions(store, { look } as unknown as RegionalSegmentation);
  const image = { ...imageDetails(1), width: 12000, height: 9000 };
  const embedding = {
    resize: { originalHw: [9000, 12000], inputHw: [768, 1024] },
    segmenter: "s",
    checkpointSha256: "",
  };
  store.update({
    ...INITIAL_STATE,
    canvasHw: [600, 800],
    image,
    embeddingState: "ready",
    embedding: embedding as never,
  });
  const zoomTo = async (scale: number, x: number, y: number): Promise<void> => {
    store.updateSession({ viewport: { scale, offsetX: -x * scale, offsetY: -y * scale } });
    await vi.runAllTimersAsync();
  };
  return { store, look, regions, zoomTo };
}

test("where somebody rests, zoomed in, the part gets an embedding", async () => {
  const { store, look, zoomTo } = setUp();
  await zoomTo(1, 5000, 4000);
  const region = look.mock.calls.at(-1)?.[0];
  expect(region?.embedding.url).toMatch(/^\/region\/1\?x=\d+&y=\d+&width=\d+&height=\d+$/);
  expect(store.state.region).toEqual(region?.box);
});

test("nothing is asked for while the image moves, nor twice for the same part", async () => {
  const { store, look, zoomTo } = setUp();
  for (let x = 0; x < 4000; x += 100) store.updateSession({ viewport: { scale: 1, offsetX: -x, offsetY: 0 } });
  expect(look).not.toHaveBeenCalled();
  await zoomTo(1, 5000, 4000);
  await zoomTo(1, 5004, 4002);
  expect(look.mock.calls.filter(([region]) => region !== null)).toHaveLength(1);
});

test("zoomed out the whole image is used again", async () => {
  const { store, look, zoomTo } = setUp();
  await zoomTo(1, 5000, 4000);
  await zoomTo(0.06, 0, 0);
  expect(look.mock.calls.at(-1)?.[0]).toBeNull();
  expect(store.state.region).toBeNull();
});

test("it can be switched off", async () => {
  const { store, regions, zoomTo } = setUp();
  regions.toggle();
  await zoomTo(1, 5000, 4000);
  expect(store.state.region).toBeNull();
});

test("a part that cannot be had leaves the whole image in use", async () => {
  const { store, look, zoomTo } = setUp();
  look.mockResolvedValue(false);
  await zoomTo(1, 5000, 4000);
  expect(store.state.region).toBeNull();
});
