import type { ImagePoint } from "../../geometry";
import type { Paint } from "../../session";
import { nearestWithin } from "../nearest";
import { panning, startsPanning } from "../panning";
import { GRAB_RADIUS_PX, type PointerInput, type ToolHost, type ToolState, toolState } from "../tool";

/** A polygon that is not closed yet. */
export interface OpenPolygon {
  readonly vertices: readonly ImagePoint[];
  readonly paint: Paint;
  /** The state when it is closed or given up. */
  readonly idle: ToolState;
}

const MIN_VERTICES = 3;

/** While the button is down the vertex can still be moved. */
export function placingVertex(host: ToolHost, polygon: OpenPolygon, start: PointerInput): ToolState {
  const draw = ({ image }: PointerInput): void =>
    showDraft(host, [...polygon.vertices, host.clampToImage(image)], polygon);
  const state: ToolState = toolState("placing_vertex", {
    pointerMove: (input) => {
      draw(input);
      return state;
    },
    pointerUp: ({ image }) => drawing(host, { ...polygon, vertices: [...polygon.vertices, host.clampToImage(image)] }),
    cancel: () => drawing(host, polygon),
  });
  draw(start);
  return state;
}

/** Between two clicks: a line follows the pointer. */
function drawing(host: ToolHost, polygon: OpenPolygon): ToolState {
  const { vertices, idle } = polygon;
  const giveUp = (): ToolState => {
    host.draft(null);
    return idle;
  };
  if (vertices.length === 0) return giveUp();
  const canClose = vertices.length >= MIN_VERTICES;
  const close = (): ToolState => {
    host.draft(null);
    host.masks.shape([vertices], polygon.paint);
    return idle;
  };
  const state: ToolState = toolState("drawing_polygon", {
    pointerDown: (input) => {
      if (startsPanning(input)) return panning(host, input.screen, state);
      if (canClose && isOnEnd(vertices, input)) return close();
      return placingVertex(host, polygon, input);
    },
    pointerMove: (input) => {
      showDraft(
        host,
        [...vertices, host.clampToImage(input.image)],
        polygon,
        isOnEnd(vertices, input) ? vertices[0] : null,
      );
      return state;
    },
    cancel: giveUp,
    confirm: canClose ? close : null,
    stepBack: () => drawing(host, { ...polygon, vertices: vertices.slice(0, -1) }),
    resume: () => drawing(host, polygon),
  });
  showDraft(host, vertices, polygon);
  return state;
}

/** On the first vertex, or on the last one, which is where the second click of a double click falls. */
function isOnEnd(vertices: readonly ImagePoint[], { image, imagePerPixel }: PointerInput): boolean {
  const ends = vertices.filter((_, index) => index === 0 || index === vertices.length - 1);
  return nearestWithin(ends, image, GRAB_RADIUS_PX * imagePerPixel) !== null;
}

function showDraft(
  host: ToolHost,
  line: readonly ImagePoint[],
  { vertices, paint }: OpenPolygon,
  activeHandle: ImagePoint | null = null,
): void {
  host.draft({ kind: "outline", rings: [line], isClosed: false, handles: vertices, activeHandle, paint });
}
