import { describe, expect, test } from "vitest";
import { type ImagePoint, imagePoint } from "../geometry";
import { randomNumbers } from "../masks/testing";
import { cornerGradients, zeroCrossings } from "./edgeFeatures";
import { EdgeMap, FULL_STRENGTH } from "./edgeMap";
import { LinkCosts, STEPS } from "./linkCosts";
import { LiveWire } from "./liveWire";
import { paintedPixels, withNoise } from "./testing";

const RADIUS = 22;
/** A dark disc on a light, noisy ground, its middle at (40, 35). */
const DISC = withNoise(
  paintedPixels(80, 90, (column, row) =>
    Math.hypot(column + 0.5 - 40, row + 0.5 - 35) < RADIUS ? [60, 70, 90] : [170, 160, 150],
  ),
  12,
  4,
);
const onCircle = (degrees: number): ImagePoint => {
  const angle = (degrees * Math.PI) / 180;
  return imagePoint(Math.round(40 + RADIUS * Math.cos(angle)), Math.round(35 + RADIUS * Math.sin(angle)));
};

/** Every corner that a path passes, not only those where it turns. */
function allCorners(path: readonly ImagePoint[]): ImagePoint[] {
  return path.flatMap((point, index) => {
    const next = path[index + 1];
    if (!next) return [point];
    const length = Math.max(Math.abs(next.x - point.x), Math.abs(next.y - point.y));
    return Array.from({ length }, (_, step) =>
      imagePoint(point.x + ((next.x - point.x) * step) / length, point.y + ((next.y - point.y) * step) / length),
    );
  });
}

describe("the wire", () => {
  test("runs along the edge of an object, in spite of noise", () => {
    const wire = new LiveWire(new EdgeMap(DISC), onCircle(0));
    const path = wire.pathTo(onCircle(120));
    expect([path[0], path.at(-1)]).toEqual([onCircle(0), onCircle(120)]);
    const strays = allCorners(path).map(({ x, y }) => Math.abs(Math.hypot(x - 40, y - 35) - RADIUS));
    expect(Math.max(...strays)).toBeLessThan(2.5);
    expect(strays.reduce((sum, stray) => sum + stray, 0) / strays.length).toBeLessThan(0.8);
  });

  test("is straight where there are no edges", () => {
    const flat = paintedPixels(30, 30, () => [128, 128, 128]);
    expect(new LiveWire(new EdgeMap(flat), imagePoint(3, 5)).pathTo(imagePoint(25, 5))).toEqual([
      imagePoint(3, 5),
      imagePoint(25, 5),
    ]);
  });

  test("gives the same way whichever points were asked for before", () => {
    const edges = new EdgeMap(DISC);
    const wandering = new LiveWire(edges, onCircle(0));
    for (const degrees of [10, 300, 45, 200, 90]) wandering.pathTo(onCircle(degrees));
    for (const degrees of [10, 90, 200]) {
      expect(wandering.costTo(onCircle(degrees))).toBe(new LiveWire(edges, onCircle(0)).costTo(onCircle(degrees)));
    }
  });

  test("goes no farther than it can be searched in a moment", () => {
    const long = paintedPixels(4, 900, () => [9, 9, 9]);
    expect(new LiveWire(new EdgeMap(long), imagePoint(10, 2)).pathTo(imagePoint(900, 2)).at(-1)).toEqual(
      imagePoint(394, 2),
    );
  });

  test("starts where it stands when it is asked for its seed", () => {
    expect(new LiveWire(new EdgeMap(DISC), onCircle(30)).pathTo(onCircle(30))).toEqual([onCircle(30)]);
  });

  test("is the cheapest there is, in any image", () => {
    for (let seed = 1; seed <= 5; seed++) {
      const random = randomNumbers(seed);
      const edges = new EdgeMap(paintedPixels(9, 11, () => [random(256), random(256), random(256)]));
      const wire = new LiveWire(edges, imagePoint(2, 3));
      const cheapest = bellmanFord(edges, edges.cornerAt(imagePoint(2, 3)));
      cheapest.forEach((cost, corner) => {
        const point = edges.pointAt(corner);
        expect(wire.costTo(point)).toBe(cost);
        expect(costOf(edges, wire.pathTo(point))).toBe(cost);
      });
    }
  });
});

describe("an edge map of a part of an image", () => {
  const edges = new EdgeMap(DISC, 100, 200);

  test("speaks in points of the whole image", () => {
    expect(edges.contains(imagePoint(100, 200))).toBe(true);
    expect(edges.contains(imagePoint(99, 200))).toBe(false);
    expect(edges.contains(imagePoint(190, 280))).toBe(true);
    expect(edges.pointAt(edges.cornerAt(imagePoint(117.2, 230.8)))).toEqual(imagePoint(117, 231));
    expect(new LiveWire(edges, imagePoint(162, 235)).pathTo(imagePoint(140, 257))[0]).toEqual(imagePoint(162, 235));
  });

  test("finds square by square what it would find in the whole", () => {
    const image = paintedPixels(150, 290, (column, row) => [
      (column * 7) % 256,
      (row * 5) % 256,
      column > 140 ? 200 : 20,
    ]);
    const pixels = withNoise(image, 30, 9);
    const map = new EdgeMap(pixels);
    const [{ length }, crossings] = [cornerGradients(pixels), zeroCrossings(pixels)];
    // Strength is length times one factor, rounded: these are the bounds that all corners together set to the factor.
    let [least, most] = [0, Number.POSITIVE_INFINITY];
    length.forEach((gradient, corner) => {
      map.prepare(corner);
      const strength = map.strength[corner] ?? 0;
      least = Math.max(least, (strength - 0.5) / gradient);
      if (strength < FULL_STRENGTH) most = Math.min(most, (strength + 0.5) / gradient);
      if (strength > FULL_STRENGTH / 10) expect(map.isCrossing[corner]).toBe(crossings[corner]);
    });
    expect(least).toBeLessThanOrEqual(most + 1e-6);
  });

  test("finds the edge near a click beside it", () => {
    const { x, y } = edges.strongestNear(imagePoint(166, 236), 6);
    expect(Math.abs(Math.hypot(x - 140, y - 235) - RADIUS)).toBeLessThan(1.5);
  });
});

/** The cheapest ways from one corner to all, by relaxing every link until nothing changes. */
function bellmanFord(edges: EdgeMap, seed: number): number[] {
  const links = new LinkCosts(edges);
  const cost = Array<number>(edges.columns * edges.rows).fill(Number.POSITIVE_INFINITY);
  cost[seed] = 0;
  for (let isChanging = true; isChanging; ) {
    isChanging = false;
    cost.forEach((_, corner) => {
      STEPS.forEach(([dx, dy], step) => {
        const [x, y] = [(corner % edges.columns) + dx, Math.floor(corner / edges.columns) + dy];
        if (x < 0 || y < 0 || x >= edges.columns || y >= edges.rows) return;
        const next = y * edges.columns + x;
        edges.prepare(corner);
        const through = (cost[corner] ?? 0) + links.cost(corner, next, step);
        if (through < (cost[next] ?? 0)) {
          cost[next] = through;
          isChanging = true;
        }
      });
    });
  }
  return cost;
}

function costOf(edges: EdgeMap, path: readonly ImagePoint[]): number {
  const links = new LinkCosts(edges);
  return allCorners(path).reduce((sum, point, index, points) => {
    const next = points[index + 1];
    if (!next) return sum;
    const step = STEPS.findIndex(([dx, dy]) => dx === next.x - point.x && dy === next.y - point.y);
    return sum + links.cost(edges.cornerAt(point), edges.cornerAt(next), step);
  }, 0);
}
