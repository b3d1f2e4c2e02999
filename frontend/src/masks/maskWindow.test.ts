import { expect, test } from "vitest";
import { emptyMask } from "./binaryMask";
import { cropMask, encodeWindow, paste } from "./maskWindow";
import { decodeRle } from "./rleDecoder";
import { encodeMask } from "./rleEncoder";
import { drawing, drawnMask, manyMasks } from "./testing";

test("a crop to the bounding box, encoded again, is the same mask", () => {
  for (const mask of manyMasks()) {
    const encoded = encodeMask(mask);
    expect(encodeWindow(cropMask(encoded.rle, encoded.bboxXywh), [mask.height, mask.width])).toEqual(encoded);
  }
});

test("a crop shows the pixels of its box, as far as it lies in the image", () => {
  const { rle } = encodeMask(drawnMask(["#..#", ".##.", "#..#"]));
  const { left, top, mask } = cropMask(rle, [2, -1, 5, 3]);
  expect([left, top]).toEqual([2, 0]);
  expect(drawing(mask)).toEqual([".#", "#."]);
  expect(cropMask(rle, [9, 9, 2, 2]).mask).toEqual(emptyMask(0, 0));
});

test("what of a window lies outside the image is left away", () => {
  const window = { left: -1, top: 1, mask: drawnMask(["###", "###", "###"]) };
  expect(drawing(decodeRle(encodeWindow(window, [3, 4]).rle))).toEqual(["....", "##..", "##.."]);
  expect(encodeWindow({ ...window, left: 40 }, [3, 4]).area).toBe(0);
});

test("columns that meet at the image's edge become one run", () => {
  const window = { left: 1, top: 0, mask: drawnMask(["##", "##"]) };
  expect(encodeWindow(window, [2, 4])).toEqual(encodeMask(drawnMask([".##.", ".##."])));
});

test("an empty window gives an empty mask", () => {
  expect(encodeWindow({ left: 0, top: 0, mask: emptyMask(0, 0) }, [3, 4])).toEqual(encodeMask(emptyMask(3, 4)));
});

test("pasting adds the window's pixels to a mask or erases them, and touches no others", () => {
  const { rle } = encodeMask(drawnMask(["####", "#..#", "...."]));
  const window = { left: 2, top: 1, mask: drawnMask([".##", "###"]) };
  expect(drawing(decodeRle(paste(rle, window, "add").rle))).toEqual(["####", "#..#", "..##"]);
  expect(drawing(decodeRle(paste(rle, window, "erase").rle))).toEqual(["####", "#...", "...."]);
});
