import { expect, test } from "vitest";
import cases from "../../../tests/fixtures/closer_look.json";
import { boxFromCorners, imagePoint, partToLookAt } from ".";

const boxOf = ([x0, y0, x1, y1]: readonly number[]) =>
  boxFromCorners(imagePoint(x0 ?? 0, y0 ?? 0), imagePoint(x1 ?? 0, y1 ?? 0));

test.each(cases)("$name", ({ image_hw: [height, width], box, margin, before, part }) => {
  const found = partToLookAt(boxOf(box), [height ?? 0, width ?? 0], margin, before && boxOf(before));
  expect(found).toEqual(part && boxOf(part));
});
