import { describe, expect, it } from "vitest";
import { regionAround, unionOf } from "./region";

describe("regionAround", () => {
  it("stays inside the image", () => {
    const [x, y, width, height] = regionAround([0, 90, 20, 10], [100, 200], 1);
    expect(x).toBe(0);
    expect(y + height).toBe(100);
    expect(width).toBeLessThanOrEqual(200);
  });

  it("takes the aspect ratio of where it is shown", () => {
    const [, , width, height] = regionAround([400, 400, 100, 10], [1000, 1000], 2);
    expect(width / height).toBeCloseTo(2, 1);
  });

  it("covers the whole box", () => {
    const [x, y, width, height] = regionAround([100, 100, 300, 50], [1000, 1000], 1);
    expect(x).toBeLessThanOrEqual(100);
    expect(y).toBeLessThanOrEqual(100);
    expect(x + width).toBeGreaterThanOrEqual(400);
    expect(y + height).toBeGreaterThanOrEqual(150);
  });

  it("never exceeds an image that is smaller than what it would like to show", () => {
    expect(regionAround([0, 0, 3, 3], [4, 4], 1)).toEqual([0, 0, 4, 4]);
  });
});

describe("unionOf", () => {
  it("leaves empty masks out", () => {
    expect(
      unionOf([
        [0, 0, 0, 0],
        [10, 20, 5, 5],
        [12, 10, 10, 4],
      ]),
    ).toEqual([10, 10, 12, 15]);
    expect(unionOf([[0, 0, 0, 0]])).toBeNull();
  });
});
