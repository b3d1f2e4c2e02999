import { type ImagePoint, imagePoint } from "../geometry";
import type { Ring } from "./polygon";
import { maskRings } from "./rings";
import type { Rle } from "./rle";
import { nearestOnSegment, simplifyRing } from "./simplify";

/**
 * A corner that a person can drag, and the outline from it to the next one. Between corners the outline keeps every
 * pixel edge of the mask it was traced from. When a corner is dragged the outline beside it follows, all of it near
 * the corner, nothing at the neighbours; so whatever was not touched stays as it was, and a corner that is put back
 * brings back the very same mask.
 */
export interface PolygonVertex {
  /** Where the corner is now. */
  readonly point: ImagePoint;
  /** Where it was when the outline beside it was traced. */
  readonly traced: ImagePoint;
  /** The outline to the next corner as it was traced, without its two ends. */
  readonly trail: readonly ImagePoint[];
}

/** Immutable: an edit gives a new one. Rings inside others are holes (even-odd rule). */
export interface EditablePolygon {
  readonly rings: readonly (readonly PolygonVertex[])[];
}

/** Names a corner, or the edge that leads from it to the next. */
export interface VertexId {
  readonly ring: number;
  readonly vertex: number;
}

/** How far the corners that are shown may stray from the outline, in image pixels. */
const DEFAULT_TOLERANCE = 1.5;

export function editablePolygon(rle: Rle, tolerance = DEFAULT_TOLERANCE): EditablePolygon {
  const rings = maskRings(rle).map((ring) => {
    const kept = simplifyRing(ring, tolerance);
    return kept.map((from, index) => {
      const point = ring[from] as ImagePoint;
      const to = kept[index + 1];
      const trail = to === undefined ? [...ring.slice(from + 1), ...ring.slice(0, kept[0])] : ring.slice(from + 1, to);
      return { point, traced: point, trail };
    });
  });
  return { rings };
}

/** A polygon of straight edges. */
export function polygonOfPoints(points: readonly ImagePoint[]): EditablePolygon {
  return { rings: [points.map(straightVertex)] };
}

const straightVertex = (point: ImagePoint): PolygonVertex => ({ point, traced: point, trail: [] });

/** The outline as it is now, for drawing it and for `encodePolygon`. */
export function polygonRings({ rings }: EditablePolygon): Ring[] {
  return rings.map((ring) =>
    ring.flatMap((vertex, index) => edgePoints(vertex, ring[(index + 1) % ring.length] as PolygonVertex).slice(0, -1)),
  );
}

/** From one corner to the next, both included. */
function edgePoints(from: PolygonVertex, to: PolygonVertex): ImagePoint[] {
  return [from.point, ...shiftTrail(from, to), to.point];
}

/** Points of the trail move with the two corners, each by as much as they are near to it along the outline. */
function shiftTrail(from: PolygonVertex, to: PolygonVertex): readonly ImagePoint[] {
  const [a, b] = [shiftOf(from), shiftOf(to)];
  if (a.x === 0 && a.y === 0 && b.x === 0 && b.y === 0) return from.trail;
  const shares = sharesAlong([from.traced, ...from.trail, to.traced]);
  return from.trail.map((point, index) => {
    const share = shares[index + 1] ?? 0;
    return imagePoint(point.x + a.x + share * (b.x - a.x), point.y + a.y + share * (b.y - a.y));
  });
}

const shiftOf = ({ point, traced }: PolygonVertex): ImagePoint => imagePoint(point.x - traced.x, point.y - traced.y);

/** For each point of a line how much of its length lies before it: 0 for the first, 1 for the last. */
function sharesAlong(points: readonly ImagePoint[]): number[] {
  let length = 0;
  const before = points.map((point, index) => {
    const previous = points[index - 1] ?? point;
    length += Math.hypot(point.x - previous.x, point.y - previous.y);
    return length;
  });
  return before.map((distance) => (length === 0 ? 0 : distance / length));
}

export function moveVertex(polygon: EditablePolygon, { ring, vertex }: VertexId, to: ImagePoint): EditablePolygon {
  return editRing(polygon, ring, (vertices) =>
    vertices.map((old, at) => (at === vertex ? { ...old, point: to } : old)),
  );
}

/** A new corner on the edge after `id`, on the outline where it is nearest to `near`: the outline stays as it is. */
export function insertVertex(polygon: EditablePolygon, id: VertexId, near: ImagePoint): EditablePolygon {
  return editRing(polygon, id.ring, (vertices) => {
    const from = vertices[id.vertex];
    const to = vertices[(id.vertex + 1) % vertices.length];
    if (!from || !to) return vertices;
    const now = edgePoints(from, to);
    const traced = [from.traced, ...from.trail, to.traced];
    const { segment, share } = nearestOnLine(now, near);
    const inserted = { point: pointAt(now, segment, share), traced: pointAt(traced, segment, share) };
    return [
      ...vertices.slice(0, id.vertex),
      { ...from, trail: from.trail.slice(0, segment) },
      { ...inserted, trail: from.trail.slice(segment) },
      ...vertices.slice(id.vertex + 1),
    ];
  });
}

/** Its neighbours are joined by a straight edge; a ring with fewer than three corners goes altogether. */
export function deleteVertex(polygon: EditablePolygon, { ring, vertex }: VertexId): EditablePolygon {
  return editRing(polygon, ring, (vertices) => {
    const previous = (vertex + vertices.length - 1) % vertices.length;
    return vertices.map((old, at) => (at === previous ? { ...old, trail: [] } : old)).filter((_, at) => at !== vertex);
  });
}

function editRing(
  { rings }: EditablePolygon,
  ring: number,
  edit: (vertices: readonly PolygonVertex[]) => readonly PolygonVertex[],
): EditablePolygon {
  const edited = rings.map((vertices, index) => (index === ring ? edit(vertices) : vertices));
  return { rings: edited.filter((vertices) => vertices.length >= 3) };
}

/** The corner nearest to a point, and how far it is in image pixels. */
export function nearestVertex(polygon: EditablePolygon, point: ImagePoint): { id: VertexId; distance: number } | null {
  return nearest(polygon, (vertex) => Math.hypot(vertex.point.x - point.x, vertex.point.y - point.y));
}

/** The edge whose outline comes nearest to a point, named by the corner it starts from. */
export function nearestEdge(polygon: EditablePolygon, point: ImagePoint): { id: VertexId; distance: number } | null {
  return nearest(polygon, (vertex, next) => nearestOnLine(edgePoints(vertex, next), point).distance);
}

function nearest(
  { rings }: EditablePolygon,
  distanceOf: (vertex: PolygonVertex, next: PolygonVertex) => number,
): { id: VertexId; distance: number } | null {
  let best: { id: VertexId; distance: number } | null = null;
  rings.forEach((vertices, ring) => {
    vertices.forEach((vertex, index) => {
      const distance = distanceOf(vertex, vertices[(index + 1) % vertices.length] as PolygonVertex);
      if (!best || distance < best.distance) best = { id: { ring, vertex: index }, distance };
    });
  });
  return best;
}

function nearestOnLine(
  points: readonly ImagePoint[],
  point: ImagePoint,
): { segment: number; share: number; distance: number } {
  let best = { segment: 0, share: 0, distance: Number.POSITIVE_INFINITY };
  for (let segment = 0; segment + 1 < points.length; segment++) {
    const found = nearestOnSegment(point, points[segment] as ImagePoint, points[segment + 1] as ImagePoint);
    if (found.distance < best.distance) best = { segment, ...found };
  }
  return best;
}

function pointAt(points: readonly ImagePoint[], segment: number, share: number): ImagePoint {
  const [p, q] = [points[segment] as ImagePoint, points[segment + 1] as ImagePoint];
  return imagePoint(p.x + share * (q.x - p.x), p.y + share * (q.y - p.y));
}
