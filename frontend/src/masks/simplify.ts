import type { ImagePoint } from "../geometry";
import type { Ring } from "./polygon";

/** No ring is simplified by more than this part of its size: a speck of one pixel keeps its corners. */
const MAX_PART_OF_SIZE = 1 / 8;

/**
 * Which points of a ring to keep, ascending, so that no other lies farther than `tolerance` pixels from the line
 * between its neighbours (Douglas & Peucker 1973, from two points that lie far apart). At least three where the ring
 * has as many.
 */
export function simplifyRing(ring: Ring, tolerance: number): number[] {
  if (ring.length <= 3) return ring.map((_, index) => index);
  const start = farthestFrom(ring, 0);
  const opposite = farthestFrom(ring, start);
  const size = Math.hypot(...difference(ring[start] as ImagePoint, ring[opposite] as ImagePoint));
  const limit = Math.min(tolerance, size * MAX_PART_OF_SIZE);
  const kept = new Set([start, opposite]);
  const spans = [
    [start, opposite],
    [opposite, start],
  ] as [number, number][];
  for (let span = spans.pop(); span; span = spans.pop()) {
    const far = farthestFromLine(ring, span);
    if (!far || far.distance <= limit) continue;
    kept.add(far.index);
    spans.push([span[0], far.index], [far.index, span[1]]);
  }
  return [...kept].sort((a, b) => a - b);
}

const difference = (p: ImagePoint, q: ImagePoint): [number, number] => [q.x - p.x, q.y - p.y];

function farthestFrom(ring: Ring, from: number): number {
  const origin = ring[from] as ImagePoint;
  let [best, most] = [from, -1];
  ring.forEach((point, index) => {
    const distance = Math.hypot(...difference(origin, point));
    if (distance > most) [best, most] = [index, distance];
  });
  return best;
}

/** The point between two others, going forward around the ring, that lies farthest from the segment between them. */
function farthestFromLine(ring: Ring, [from, to]: [number, number]): { index: number; distance: number } | undefined {
  const [p, q] = [ring[from] as ImagePoint, ring[to] as ImagePoint];
  let best: { index: number; distance: number } | undefined;
  for (let index = (from + 1) % ring.length; index !== to; index = (index + 1) % ring.length) {
    const distance = nearestOnSegment(ring[index] as ImagePoint, p, q).distance;
    if (!best || distance > best.distance) best = { index, distance };
  }
  return best;
}

/** The nearest place of a segment: `share` is 0 at `p` and 1 at `q`. */
export function nearestOnSegment(
  point: ImagePoint,
  p: ImagePoint,
  q: ImagePoint,
): { readonly share: number; readonly distance: number } {
  const [dx, dy] = difference(p, q);
  const [fromX, fromY] = difference(p, point);
  const squared = dx * dx + dy * dy;
  const share = squared === 0 ? 0 : Math.min(Math.max((fromX * dx + fromY * dy) / squared, 0), 1);
  return { share, distance: Math.hypot(fromX - share * dx, fromY - share * dy) };
}
