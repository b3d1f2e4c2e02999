import { describe, expect, test } from "vitest";
import fixtures from "../../../tests/fixtures/rle.json";
import { decodeCounts, encodeCounts, InvalidRle } from "./counts";
import { type Rle, rleArea, rleBbox } from "./rle";
import { countsOf, decodeRegion, decodeRle } from "./rleDecoder";
import { encodeMask } from "./rleEncoder";
import { drawnMask, randomMask } from "./testing";

type Fixture = (typeof fixtures.valid)[number];
const drawn = fixtures.valid.filter((fixture) => fixture.rows !== undefined);
const rleOf = ({ size, counts }: Fixture): Rle => ({ size: size as [number, number], counts });

describe("RLE, on the fixtures made with pycocotools", () => {
  test.each(drawn)("encodes $name bit-exactly", (fixture) => {
    const encoded = encodeMask(drawnMask(fixture.rows ?? []));
    expect(encoded.rle).toEqual(rleOf(fixture));
    expect(encoded.area).toBe(fixture.area);
    expect(encoded.bboxXywh).toEqual(fixture.bbox_xywh);
  });

  test.each(drawn)("decodes $name", (fixture) => {
    expect(decodeRle(rleOf(fixture))).toEqual(drawnMask(fixture.rows ?? []));
  });

  test.each(fixtures.valid)("keeps $name through decoding and encoding", (fixture) => {
    expect(encodeMask(decodeRle(rleOf(fixture))).rle).toEqual(rleOf(fixture));
    expect(encodeCounts(decodeCounts(fixture.counts))).toBe(fixture.counts);
    expect(rleArea(rleOf(fixture))).toBe(fixture.area);
    expect(rleBbox(rleOf(fixture))).toEqual(fixture.bbox_xywh);
  });

  const damaged = fixtures.invalid.filter(({ rle, image_size }) => {
    const { size, counts } = rle as { size?: unknown; counts?: unknown };
    return typeof counts === "string" && JSON.stringify(size) === JSON.stringify(image_size);
  });
  test.each(damaged)("refuses $name", ({ rle }) => {
    expect(() => countsOf(rle as unknown as Rle)).toThrow(InvalidRle);
  });
});

describe("RLE of any mask", () => {
  test.each([
    [37, 41],
    [64, 64],
    [1, 17],
    [23, 1],
    [50, 6],
  ])("survives a round trip at %i x %i", (height, width) => {
    for (let seed = 1; seed <= 20; seed++) {
      const mask = randomMask(height, width, seed);
      expect(decodeRle(encodeMask(mask).rle)).toEqual(mask);
    }
  });

  test("decodes into memory that held something else", () => {
    const mask = randomMask(40, 53, 7);
    const memory = new Uint8Array(40 * 53 + 5).fill(1);
    const decoded = decodeRle(encodeMask(mask).rle, memory);
    expect(decoded).toEqual(mask);
    expect(decoded.data.buffer).toBe(memory.buffer);
  });

  test("decodes a region, every third pixel of it, as the whole mask has it", () => {
    const mask = randomMask(40, 53, 7);
    const [left, top, width, height, step] = [5, 11, 31, 22, 3];
    const region = decodeRegion(countsOf(encodeMask(mask).rle), 40, [left, top, width, height], step);
    expect([region.height, region.width]).toEqual([8, 11]);
    for (let row = 0; row < 7; row++) {
      for (let column = 0; column < 10; column++) {
        const whole = mask.data[(top + row * step + 1) * 53 + left + column * step + 1];
        expect(region.data[row * region.width + column]).toBe(whole);
      }
    }
  });
});
