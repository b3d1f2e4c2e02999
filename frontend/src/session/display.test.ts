import { expect, test } from "vitest";
import { displayForNextImage, INITIAL_DISPLAY, isShown, opacityOf } from "./display";
import { clampTone, isNeutral, NEUTRAL_TONE, toneOf, toneTable, toneWithin } from "./tone";

const NONE: ReadonlySet<string> = new Set();

test("isolating shows what is selected, and everything while nothing is", () => {
  const display = { ...INITIAL_DISPLAY, isIsolating: true };
  expect(isShown(display, "a", NONE)).toBe(true);
  expect(isShown(display, "a", new Set(["a"]))).toBe(true);
  expect(isShown(display, "b", new Set(["a"]))).toBe(false);
});

test("what was hidden stays hidden when it is selected", () => {
  const display = { ...INITIAL_DISPLAY, hiddenIds: new Set(["a"]), isIsolating: true };
  expect(isShown(display, "a", new Set(["a"]))).toBe(false);
});

test("an annotation's own opacity comes before everybody's", () => {
  const display = { ...INITIAL_DISPLAY, opacity: 0.4, opacityOf: new Map([["a", 0.9]]) };
  expect([opacityOf(display, "a"), opacityOf(display, "b")]).toEqual([0.9, 0.4]);
});

test("the next image keeps style and tone, not what was said of single annotations", () => {
  const tone = { ...NEUTRAL_TONE, gamma: 2 };
  const next = displayForNextImage({ ...INITIAL_DISPLAY, maskStyle: "outline", tone, hiddenIds: new Set(["a"]) });
  expect(next).toEqual({ ...INITIAL_DISPLAY, maskStyle: "outline", tone });
});

test("the neutral tone changes nothing", () => {
  expect(isNeutral(NEUTRAL_TONE)).toBe(true);
  for (const [index, value] of toneTable(NEUTRAL_TONE, 5).entries()) expect(value).toBeCloseTo(index / 4, 10);
});

test("a window is stretched to black and white, and gamma lifts what is dark", () => {
  const windowed = { ...NEUTRAL_TONE, window: [0.25, 0.75] as const };
  const shown = [0.1, 0.25, 0.5, 0.75, 0.9].map((value) => Number(toneOf(value, windowed).toFixed(6)));
  expect(shown).toEqual([0, 0, 0.5, 1, 1]);
  expect(toneOf(0.25, { ...NEUTRAL_TONE, gamma: 2 })).toBeCloseTo(0.5);
});

test("full contrast is black and white, none is grey", () => {
  expect(toneOf(0.3, { ...NEUTRAL_TONE, contrast: 1 })).toBe(0);
  expect(toneOf(0.3, { ...NEUTRAL_TONE, contrast: -1 })).toBe(0.5);
});

test("pixels that were made for a window need no more of it", () => {
  const tone = { ...NEUTRAL_TONE, gamma: 2, window: [0.2, 0.6] as const };
  expect(toneWithin(tone, [0.2, 0.6]).window).toEqual([0, 1]);
  // The middle of a wider window, seen in the pixels of a narrower one.
  const [low, high] = toneWithin(tone, [0.3, 0.5]).window;
  expect([low, high].map((value) => Number(value.toFixed(6)))).toEqual([-0.5, 1.5]);
  expect(toneOf(0.5, toneWithin(tone, [0.3, 0.5]))).toBeCloseTo(toneOf(0.4, tone), 10);
});

test("a window never closes", () => {
  const { window } = clampTone({ ...NEUTRAL_TONE, window: [2, -1] });
  expect(window[1]).toBeGreaterThan(window[0]);
});
