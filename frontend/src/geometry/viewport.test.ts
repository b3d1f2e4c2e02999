import { describe, expect, test } from "vitest";
import { imagePoint, type SizeHw, screenPoint } from "./points";
import {
  fitViewport,
  imageToScreen,
  MAX_SCALE,
  minScale,
  panBy,
  screenToImage,
  type Viewport,
  zoomAt,
} from "./viewport";

const IMAGE: SizeHw = [600, 800];
const CANVAS: SizeHw = [500, 900];
const SOME: Viewport = { scale: 1.7, offsetX: -120.5, offsetY: 33.25 };

test("screen to image and back is the same point", () => {
  const point = screenToImage(screenPoint(311, 207), SOME);
  expect(imageToScreen(point, SOME)).toEqual({ x: expect.closeTo(311), y: expect.closeTo(207) });
  expect(screenToImage(imageToScreen(imagePoint(12.5, 599), SOME), SOME)).toEqual({
    x: expect.closeTo(12.5),
    y: expect.closeTo(599),
  });
});

describe("fit", () => {
  test("shows the whole image, with room above and below", () => {
    const viewport = fitViewport(IMAGE, [1000, 900]);
    const topLeft = imageToScreen(imagePoint(0, 0), viewport);
    const bottomRight = imageToScreen(imagePoint(800, 600), viewport);
    expect(topLeft.x + bottomRight.x).toBeCloseTo(900);
    expect(topLeft.y).toBeGreaterThanOrEqual(24);
    expect(bottomRight.y).toBeLessThanOrEqual(1000 - 24);
  });

  test("leaves most of a small canvas to the image", () => {
    const viewport = fitViewport([300, 300], [300, 900]);
    expect(viewport.scale * 300).toBeGreaterThan(180);
  });

  test("enlarges a tiny image, within bounds", () => {
    expect(fitViewport([2, 2], CANVAS).scale).toBe(MAX_SCALE);
  });
});

describe("zoom", () => {
  test("keeps the image point under the pointer", () => {
    const anchor = screenPoint(400, 250);
    const before = screenToImage(anchor, fitViewport(IMAGE, CANVAS));
    const after = screenToImage(anchor, zoomAt(fitViewport(IMAGE, CANVAS), anchor, 3, IMAGE, CANVAS));
    expect(after).toEqual({ x: expect.closeTo(before.x), y: expect.closeTo(before.y) });
  });

  test("stops at the largest and the smallest scale", () => {
    const anchor = screenPoint(400, 250);
    expect(zoomAt(SOME, anchor, 1e6, IMAGE, CANVAS).scale).toBe(MAX_SCALE);
    expect(zoomAt(SOME, anchor, 1e-6, IMAGE, CANVAS).scale).toBe(minScale(IMAGE, CANVAS));
  });
});

test("panning cannot push the image out of sight", () => {
  const far = panBy(SOME, 1e5, -1e5, IMAGE, CANVAS);
  expect(imageToScreen(imagePoint(0, 0), far).x).toBeLessThan(900);
  expect(imageToScreen(imagePoint(0, 600), far).y).toBeGreaterThan(0);
});
