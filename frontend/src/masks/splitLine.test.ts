import { expect, test } from "vitest";
import { imagePoint } from "../geometry";
import { combineRle } from "./combine";
import { decodeRle } from "./rleDecoder";
import { encodeMask } from "./rleEncoder";
import { splitByLine } from "./splitLine";
import { drawing, drawnMask, manyMasks, randomNumbers } from "./testing";

const rleOf = (...rows: string[]) => encodeMask(drawnMask(rows)).rle;
const split = (rle: ReturnType<typeof rleOf>, ...line: [number, number][]) =>
  splitByLine(
    rle,
    line.map(([x, y]) => imagePoint(x, y)),
  ).map((piece) => drawing(decodeRle(piece.rle)));

test("a line across a mask cuts it in two, and every pixel goes to one of them", () => {
  expect(split(rleOf("########", "########", "########"), [3, -2], [3, 9])).toEqual([
    ["...#####", "...#####", "...#####"],
    ["###.....", "###.....", "###....."],
  ]);
});

test("nothing slips through a slanted line", () => {
  const pieces = split(rleOf(...Array(9).fill("#########")), [-1, -0.5], [10, 9.7]);
  expect(pieces).toHaveLength(2);
});

test("a line that ends inside cuts nothing through", () => {
  const rle = rleOf("########", "########", "########");
  expect(split(rle, [3, -2], [3, 1.4])).toEqual([drawing(decodeRle(rle))]);
  expect(split(rle, [3, -5], [5, -2])).toEqual([drawing(decodeRle(rle))]);
});

test("parts that the line does not touch go with the largest piece", () => {
  expect(split(rleOf("#######...##", "#######...##", "#######...##"), [2, -1], [2, 4])).toEqual([
    ["..#####...##", "..#####...##", "..#####...##"],
    ["##..........", "##..........", "##.........."],
  ]);
});

test("a bent line cuts out what lies behind it", () => {
  const pieces = split(rleOf(...Array(10).fill("##########")), [5, -1], [5, 5], [11, 5]);
  expect(pieces.map((rows) => rows.join("").replaceAll(".", "").length)).toEqual([75, 25]);
});

test("pieces never overlap, and together are the mask", () => {
  const random = randomNumbers(3);
  for (const mask of manyMasks()) {
    const { rle, area } = encodeMask(mask);
    const line = [0, 1, 2].map(() => imagePoint(random(mask.width * 10) / 10, random(mask.height * 10) / 10));
    const pieces = splitByLine(rle, line);
    expect(pieces.reduce((sum, piece) => sum + piece.area, 0)).toBe(area);
    const together = pieces.map((piece) => piece.rle).reduce((whole, piece) => combineRle(whole, piece, "union").rle);
    expect(together).toEqual(rle);
  }
});
