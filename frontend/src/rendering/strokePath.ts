import type { StrokePoint } from "../masks";

/** The outline of a brush stroke, grown as the stroke grows: a long one is not built anew for every frame. */
export class StrokePath {
  private grown: { readonly of: readonly StrokePoint[]; readonly path: Path2D } | null = null;
  private used = 0;

  /** Discs and the hulls between them, all turning the same way, so that filling them leaves no seams. */
  pathOf(points: readonly StrokePoint[]): Path2D {
    if (this.grown?.of !== points) {
      this.grown = { of: points, path: new Path2D() };
      this.used = 0;
    }
    const { path } = this.grown;
    for (; this.used < points.length; this.used++) {
      const point = points[this.used] as StrokePoint;
      const before = points[this.used - 1];
      addDisc(path, point);
      if (before) addHull(path, before, point);
    }
    return path;
  }
}

function addDisc(path: Path2D, { x, y, radius }: StrokePoint): void {
  path.moveTo(x + radius, y);
  path.arc(x, y, radius, 0, 2 * Math.PI);
}

function addHull(path: Path2D, a: StrokePoint, b: StrokePoint): void {
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  if (length === 0) return;
  const [acrossX, acrossY] = [-(b.y - a.y) / length, (b.x - a.x) / length];
  path.moveTo(a.x - acrossX * a.radius, a.y - acrossY * a.radius);
  path.lineTo(b.x - acrossX * b.radius, b.y - acrossY * b.radius);
  path.lineTo(b.x + acrossX * b.radius, b.y + acrossY * b.radius);
  path.lineTo(a.x + acrossX * a.radius, a.y + acrossY * a.radius);
  path.closePath();
}
