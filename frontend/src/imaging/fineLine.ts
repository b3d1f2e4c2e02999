import { distance, type ImagePoint, imagePoint } from "../geometry";
import type { EdgeMap } from "./edgeMap";
import { type CornerWindow, LiveWire } from "./liveWire";

/** Pixels between two places through which the finer line has to go. */
const SPAN = 96;

/**
 * Leads a line that was found on a coarser picture along the edges of a finer one: from place to place on it, each
 * moved to the strongest edge nearby, in narrow windows around it. So the cost grows with the length of the line, not
 * with the area around it. Pieces are remembered: while somebody moves the end of a line, its beginning stays.
 */
export class FineLine {
  private readonly pieces = new Map<string, readonly ImagePoint[]>();

  /** `slack`: how far, in pixels of `edges`, the coarse line may be off. */
  constructor(
    private readonly edges: EdgeMap,
    private readonly slack: number,
  ) {}

  /** Both ends stay where they are, to the corner. */
  along(line: readonly ImagePoint[]): ImagePoint[] {
    const stretches = cut(line, SPAN);
    const fine: ImagePoint[] = [];
    let from = line[0];
    stretches.forEach((stretch, index) => {
      const end = stretch.at(-1);
      if (!from || !end) return;
      const to = index === stretches.length - 1 ? end : this.edges.strongestNear(end, this.slack);
      fine.push(...this.piece(from, to, stretch));
      from = to;
    });
    return fine;
  }

  private piece(from: ImagePoint, to: ImagePoint, stretch: readonly ImagePoint[]): readonly ImagePoint[] {
    const key = `${from.x} ${from.y} ${to.x} ${to.y}`;
    const known = this.pieces.get(key);
    if (known) return known;
    const window = windowAround(this.edges, [from, ...stretch, to], this.slack);
    const found = new LiveWire(this.edges, from, window).pathTo(to);
    this.pieces.set(key, found);
    return found;
  }
}

/** The line in stretches of about `span`, all points in order; the end of each is the start of the next. */
function cut(line: readonly ImagePoint[], span: number): ImagePoint[][] {
  const stretches: ImagePoint[][] = [];
  let [stretch, length]: [ImagePoint[], number] = [[], 0];
  for (const point of dense(line, span / 4)) {
    const before = stretch.at(-1) ?? stretches.at(-1)?.at(-1);
    length += before ? distance(before, point) : 0;
    stretch.push(point);
    if (length < span) continue;
    stretches.push(stretch);
    [stretch, length] = [[], 0];
  }
  if (stretch.length > 0) stretches.push(stretch);
  return stretches;
}

/** With points no farther apart than `step`. */
function dense(line: readonly ImagePoint[], step: number): ImagePoint[] {
  return line.flatMap((point, index) => {
    const next = line[index + 1];
    if (!next) return [point];
    const parts = Math.max(Math.ceil(distance(point, next) / step), 1);
    return Array.from({ length: parts }, (_, part) =>
      imagePoint(point.x + ((next.x - point.x) * part) / parts, point.y + ((next.y - point.y) * part) / parts),
    );
  });
}

function windowAround(edges: EdgeMap, points: readonly ImagePoint[], margin: number): CornerWindow {
  const places = points.map((point) => edges.columnAndRowAt(point));
  const columns = places.map(([column]) => column);
  const rows = places.map(([, row]) => row);
  const around = Math.ceil(margin) + 1;
  return {
    left: Math.max(Math.min(...columns) - around, 0),
    top: Math.max(Math.min(...rows) - around, 0),
    right: Math.min(Math.max(...columns) + around, edges.columns - 1),
    bottom: Math.min(Math.max(...rows) + around, edges.rows - 1),
  };
}
