import { describe, expect, test } from "vitest";
import { imagePoint, type SizeHw } from "../geometry";
import { combineRle } from "./combine";
import {
  deleteVertex,
  type EditablePolygon,
  editablePolygon,
  insertVertex,
  moveVertex,
  nearestEdge,
  nearestVertex,
  polygonOfPoints,
  polygonRings,
} from "./editablePolygon";
import { encodeWindow } from "./maskWindow";
import { encodePolygon } from "./polygon";
import { encodeMask } from "./rleEncoder";
import { strokeWindow } from "./stroke";
import { drawnMask, manyMasks, randomNumbers } from "./testing";

const SIZE: SizeHw = [60, 80];
/** A bent blob with a hole. */
const BLOB = combineRle(
  encodeWindow(
    strokeWindow(
      [
        { x: 20, y: 20, radius: 12 },
        { x: 50, y: 25, radius: 8 },
        { x: 60, y: 45, radius: 10 },
      ],
      SIZE,
    ),
    SIZE,
  ).rle,
  encodeWindow(strokeWindow([{ x: 22, y: 21, radius: 5 }], SIZE), SIZE).rle,
  "subtract",
);
const maskOf = (polygon: EditablePolygon) => encodePolygon(polygonRings(polygon), SIZE);

test("any mask made a polygon and left alone is the same mask", () => {
  for (const mask of manyMasks()) {
    const encoded = encodeMask(mask);
    const polygon = editablePolygon(encoded.rle, 2);
    expect(encodePolygon(polygonRings(polygon), [mask.height, mask.width])).toEqual(encoded);
  }
});

test("few corners stand for many, and a hole has its own", () => {
  const { rings } = editablePolygon(BLOB.rle);
  expect(rings).toHaveLength(2);
  expect(rings[0]?.length).toBeGreaterThanOrEqual(8);
  expect(rings[0]?.length).toBeLessThan(30);
});

test("a speck keeps corners to hold it by", () => {
  const speck = encodeMask(drawnMask(["...", ".#.", "..."]));
  expect(editablePolygon(speck.rle, 5).rings[0]).toHaveLength(4);
});

describe("moving a corner", () => {
  test("changes pixels only between its two neighbours", () => {
    const polygon = editablePolygon(BLOB.rle);
    const ring = polygon.rings[0] ?? [];
    ring.forEach((vertex, index) => {
      const neighbours = [ring.at(index - 1), vertex, ring[(index + 1) % ring.length]].map((at) => at?.point);
      const to = imagePoint(vertex.point.x + 2.5, vertex.point.y - 3);
      const moved = maskOf(moveVertex(polygon, { ring: 0, vertex: index }, to));
      const changed = combineRle(
        combineRle(moved.rle, BLOB.rle, "subtract").rle,
        combineRle(BLOB.rle, moved.rle, "subtract").rle,
        "union",
      ).bboxXywh;
      const xs = [...neighbours, to].map((point) => point?.x ?? 0);
      const ys = [...neighbours, to].map((point) => point?.y ?? 0);
      expect(changed[0]).toBeGreaterThanOrEqual(Math.min(...xs) - 3);
      expect(changed[1]).toBeGreaterThanOrEqual(Math.min(...ys) - 3);
      expect(changed[0] + changed[2]).toBeLessThanOrEqual(Math.max(...xs) + 3);
      expect(changed[1] + changed[3]).toBeLessThanOrEqual(Math.max(...ys) + 3);
    });
  });

  test("and putting it back brings back the same mask, whatever was done in between", () => {
    const random = randomNumbers(11);
    let polygon = editablePolygon(BLOB.rle);
    const before = polygon.rings[0] ?? [];
    for (let step = 0; step < 40; step++) {
      const id = { ring: 0, vertex: random(before.length) };
      polygon = moveVertex(polygon, id, imagePoint(random(8000) / 100, random(6000) / 100));
    }
    expect(maskOf(polygon)).not.toEqual(BLOB);
    before.forEach(({ point }, vertex) => {
      polygon = moveVertex(polygon, { ring: 0, vertex }, point);
    });
    expect(maskOf(polygon)).toEqual(BLOB);
  });
});

describe("inserting a corner", () => {
  test("changes no pixel, also beside a corner that was moved", () => {
    let polygon = editablePolygon(BLOB.rle);
    polygon = moveVertex(polygon, { ring: 0, vertex: 2 }, imagePoint(40, 3));
    const before = maskOf(polygon);
    for (const vertex of [1, 2, 3, 0]) {
      const near = polygon.rings[0]?.[vertex]?.point ?? imagePoint(0, 0);
      polygon = insertVertex(polygon, { ring: 0, vertex }, imagePoint(near.x + 2, near.y + 2));
    }
    expect(maskOf(polygon)).toEqual(before);
  });

  test("puts it on the outline where it is nearest", () => {
    const square = polygonOfPoints([imagePoint(10, 10), imagePoint(30, 10), imagePoint(30, 30), imagePoint(10, 30)]);
    const { rings } = insertVertex(square, { ring: 0, vertex: 3 }, imagePoint(7, 17));
    expect(rings[0]).toHaveLength(5);
    expect(rings[0]?.[4]?.point).toEqual({ x: 10, y: 17 });
  });
});

describe("deleting a corner", () => {
  test("joins its neighbours by a straight edge", () => {
    const square = polygonOfPoints([imagePoint(10, 10), imagePoint(30, 10), imagePoint(30, 30), imagePoint(10, 30)]);
    const triangle = deleteVertex(square, { ring: 0, vertex: 0 });
    expect(polygonRings(triangle)[0]).toEqual([imagePoint(30, 10), imagePoint(30, 30), imagePoint(10, 30)]);
  });

  test("takes the ring away when fewer than three are left", () => {
    let polygon = editablePolygon(BLOB.rle);
    while (polygon.rings.length > 1) polygon = deleteVertex(polygon, { ring: 1, vertex: 0 });
    expect(maskOf(polygon).area).toBeGreaterThan(BLOB.area);
  });
});

test("the nearest corner and the nearest edge are found, of all rings", () => {
  const polygon = editablePolygon(BLOB.rle);
  const hole = polygon.rings[1] ?? [];
  const { point } = hole[1] ?? { point: imagePoint(0, 0) };
  expect(nearestVertex(polygon, point)).toEqual({ id: { ring: 1, vertex: 1 }, distance: 0 });
  expect(nearestEdge(polygon, imagePoint(79, 59))?.id.ring).toBe(0);
  expect(nearestEdge({ rings: [] }, point)).toBeNull();
});
