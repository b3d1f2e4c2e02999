import { distance, type ImagePoint } from "../../geometry";
import {
  deleteVertex,
  type EditablePolygon,
  insertVertex,
  moveVertex,
  nearestEdge,
  nearestVertex,
  polygonRings,
  type VertexId,
} from "../../masks";
import { t } from "../../words";
import {
  DRAG_THRESHOLD_PX,
  GRAB_RADIUS_PX,
  type PointerInput,
  type ToolHost,
  type ToolState,
  toolState,
} from "../tool";

/** A press on a corner or on the outline of the selected mask; null: elsewhere. */
export function pressCorner(host: ToolHost, input: PointerInput, idle: ToolState): ToolState | null {
  const polygon = host.masks.polygon(input.imagePerPixel);
  if (!polygon) return null;
  const corner = cornerAt(polygon, input);
  if (corner && (input.alt || input.button === "right")) {
    removeCorner(host, { polygon, corner });
    return idle;
  }
  if (corner) return holdingCorner(host, { polygon, corner, label: t("Move corner"), isNew: false }, input, idle);
  const inserted = cornerOnEdge(polygon, input);
  return inserted && holdingCorner(host, { ...inserted, label: t("Add corner"), isNew: true }, input, idle);
}

/** The outline of the selected mask with its corners; the one that a press would take hold of stands out. */
export function drawPolygon(host: ToolHost, input: PointerInput): void {
  const polygon = host.masks.polygon(input.imagePerPixel);
  const corner = polygon && cornerAt(polygon, input);
  if (polygon) draw(host, polygon, corner && pointOf(polygon, corner));
  else host.draft(null);
}

interface HeldCorner {
  readonly polygon: EditablePolygon;
  readonly corner: VertexId;
  readonly label: string;
  /** The press has added it. */
  readonly isNew: boolean;
}

/** A press that goes nowhere leaves the mask as it is; a corner that it has added stays, ready to be dragged. */
function holdingCorner(host: ToolHost, held: HeldCorner, start: PointerInput, idle: ToolState): ToolState {
  const state: ToolState = toolState("holding_vertex", {
    pointerMove: (input) =>
      distance(input.screen, start.screen) < DRAG_THRESHOLD_PX
        ? state
        : movingCorner(host, held, idle).pointerMove(input),
    // Fingers have no Alt: where shapes take away, a tap on a corner does.
    pointerUp: () => {
      if (!held.isNew && host.settings().shapeMode === "subtract") removeCorner(host, held);
      else host.masks.replacePolygon(held.label, held.polygon);
      return idle;
    },
    cancel: () => idle,
  });
  return state;
}

function removeCorner(host: ToolHost, { polygon, corner }: Pick<HeldCorner, "polygon" | "corner">): void {
  host.masks.replacePolygon(t("Remove corner"), deleteVertex(polygon, corner));
}

function movingCorner(host: ToolHost, { polygon, corner, label }: HeldCorner, idle: ToolState): ToolState {
  const movedTo = (image: ImagePoint): EditablePolygon => moveVertex(polygon, corner, host.clampToImage(image));
  const state: ToolState = toolState("dragging_vertex", {
    pointerMove: ({ image }) => {
      const moved = movedTo(image);
      draw(host, moved, pointOf(moved, corner));
      return state;
    },
    pointerUp: ({ image }) => {
      host.masks.replacePolygon(label, movedTo(image));
      return idle;
    },
    cancel: () => idle,
  });
  return state;
}

function cornerAt(polygon: EditablePolygon, { image, imagePerPixel }: PointerInput): VertexId | null {
  const nearest = nearestVertex(polygon, image);
  return nearest && nearest.distance <= GRAB_RADIUS_PX * imagePerPixel ? nearest.id : null;
}

/** The polygon with one more corner where the pointer is on its outline. */
function cornerOnEdge(polygon: EditablePolygon, { image, imagePerPixel }: PointerInput) {
  const nearest = nearestEdge(polygon, image);
  if (!nearest || nearest.distance > GRAB_RADIUS_PX * imagePerPixel) return null;
  const { ring, vertex } = nearest.id;
  return { polygon: insertVertex(polygon, nearest.id, image), corner: { ring, vertex: vertex + 1 } };
}

function pointOf({ rings }: EditablePolygon, { ring, vertex }: VertexId): ImagePoint | null {
  return rings[ring]?.[vertex]?.point ?? null;
}

function draw(host: ToolHost, polygon: EditablePolygon, activeHandle: ImagePoint | null): void {
  const handles = polygon.rings.flatMap((ring) => ring.map(({ point }) => point));
  host.draft({ kind: "outline", rings: polygonRings(polygon), isClosed: true, handles, activeHandle, paint: null });
}
