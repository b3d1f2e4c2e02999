import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type EditorState, INITIAL_STATE } from "./state";
import { Store } from "./store";
import { imageDetails, twoHalves } from "./testing/fakes";
import { followWindow } from "./windowing";

const WINDOW_URL = "/window/?low={low}&high={high}";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function setUp(more: Partial<EditorState> = {}) {
  const store = new Store();
  const loadPixels = vi.fn(async (_files: { readonly contentUrl: string }) => twoHalves());
  const stop = followWindow(store, loadPixels);
  const image = { ...imageDetails(1), values: { range: [1000, 5000] as const, windowUrl: WINDOW_URL } };
  store.update({ ...INITIAL_STATE, image, imageState: "ready", pixels: twoHalves(), ...more });
  const look = (low: number, high: number): void => {
    const { display } = store.state.session;
    store.updateSession({ display: { ...display, tone: { ...display.tone, window: [low, high] } } });
  };
  return { store, loadPixels, look, stop };
}

test("the pixels of a window are fetched when the hand rests, in the image's own values", async () => {
  const { store, loadPixels, look } = setUp();
  look(0.1, 0.9);
  look(0.25, 0.5);
  await vi.runAllTimersAsync();
  expect(loadPixels.mock.calls.map(([{ contentUrl }]) => contentUrl)).toEqual(["/window/?low=2000&high=3000"]);
  expect(store.state.pixelWindow).toEqual([0.25, 0.5]);
});

test("back at the whole range the image is shown as it is served", async () => {
  const { store, loadPixels, look } = setUp();
  look(0.25, 0.5);
  await vi.runAllTimersAsync();
  look(0, 1);
  await vi.runAllTimersAsync();
  expect(loadPixels.mock.calls.at(-1)?.[0].contentUrl).toBe("/content/1");
  expect(store.state.pixelWindow).toEqual([0, 1]);
});

test("an image of 8 bits is never fetched anew", async () => {
  const { loadPixels, look } = setUp({ image: imageDetails(1) });
  look(0.25, 0.5);
  await vi.runAllTimersAsync();
  expect(loadPixels).not.toHaveBeenCalled();
});

test("pixels that could not be had leave those that are there", async () => {
  const { store, loadPixels, look } = setUp();
  const before = store.state.pixels;
  loadPixels.mockRejectedValueOnce(new Error("offline"));
  look(0.25, 0.5);
  await vi.runAllTimersAsync();
  expect(store.state.pixels).toBe(before);
  expect(store.state.pixelWindow).toEqual([0, 1]);
});

test("nothing is fetched after the end", async () => {
  const { loadPixels, look, stop } = setUp();
  look(0.25, 0.5);
  stop();
  await vi.runAllTimersAsync();
  expect(loadPixels).not.toHaveBeenCalled();
});
