import { expect, test } from "vitest";
import { regionToEmbed } from "./regions";

const LARGE = [9000, 12000] as const;
const seen = (x0: number, y0: number, width: number, height: number) => ({ x0, y0, x1: x0 + width, y1: y0 + height });

test("a part that is looked at closely is worth an embedding", () => {
  const region = regionToEmbed(seen(5100, 4100, 800, 600), LARGE, 1024);
  expect(region).toEqual({ x0: 4608, y0: 4096, x1: 6144, y1: 5120 });
});

test("looking around a little asks for the same part", () => {
  const [a, b] = [seen(5100, 4200, 800, 600), seen(5000, 4250, 790, 600)].map((box) => regionToEmbed(box, LARGE, 1024));
  expect(a).toEqual(b);
});

test("what the encoder sees well in the whole image needs none", () => {
  expect(regionToEmbed(seen(0, 0, 12000, 9000), LARGE, 1024)).toBeNull();
  expect(regionToEmbed(seen(100, 100, 400, 300), [1000, 1500], 1024)).toBeNull();
});

test("a part ends where the image ends", () => {
  expect(regionToEmbed(seen(11500, 8700, 500, 300), LARGE, 1024)).toMatchObject({ x1: 12000, y1: 9000 });
});
