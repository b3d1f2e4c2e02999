import type { ImagePoint } from "../geometry";

/** Index of the point that is nearest to `to`; null when none is within `reach` image pixels. */
export function nearestWithin(points: readonly ImagePoint[], to: ImagePoint, reach: number): number | null {
  let [found, best]: [number | null, number] = [null, reach];
  points.forEach((point, index) => {
    const away = Math.hypot(point.x - to.x, point.y - to.y);
    if (away > best) return;
    [found, best] = [index, away];
  });
  return found;
}
