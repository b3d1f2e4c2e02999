import { describe, expect, test } from "vitest";
import fixtures from "../../../tests/fixtures/mask_operations.json";
import { combineRle } from "./combine";
import { maskParts } from "./components";
import { fillHoles } from "./holes";
import { growMask, shrinkMask } from "./morphology";
import type { Rle } from "./rle";

describe.each(fixtures)("a mask of $size, on the fixtures made with pycocotools and OpenCV", (fixture) => {
  const size = fixture.size as unknown as Rle["size"];
  const [a, b]: [Rle, Rle] = [
    { size, counts: fixture.a },
    { size, counts: fixture.b },
  ];

  test.each(["union", "intersect", "subtract"] as const)("has the same %s with another", (how) => {
    expect(combineRle(a, b, how).rle.counts).toBe(fixture[how]);
  });

  test.each(Object.entries(fixture.grown))("grows alike by %s", (radius, counts) => {
    expect(growMask(a, Number(radius)).rle.counts).toBe(counts);
  });

  test.each(Object.entries(fixture.shrunk))("shrinks alike by %s", (radius, counts) => {
    expect(shrinkMask(a, Number(radius)).rle.counts).toBe(counts);
  });

  test("has the same parts, and the same holes to fill", () => {
    const parts = maskParts(a).map(({ rle }) => rle.counts);
    expect(parts.sort()).toEqual(fixture.parts);
    expect(fillHoles(a).rle.counts).toBe(fixture.filled);
  });
});
