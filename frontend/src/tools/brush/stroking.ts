import type { StrokePoint } from "../../masks";
import type { Paint } from "../../session";
import { type PointerInput, type ToolHost, type ToolState, toolState } from "../tool";

/** The lightest touch of a pen draws a stroke of this part of the brush's width. */
const MIN_PRESSURE_WIDTH = 0.25;

export interface Stroke {
  readonly paint: Paint;
  readonly idle: ToolState;
  /** The state after a stroke that ended here. */
  readonly after: (end: StrokePoint) => ToolState;
}

/** `points` is this stroke's own list, which grows: copying thousands of points at each movement would be felt. */
export function stroking(host: ToolHost, points: StrokePoint[], stroke: Stroke): ToolState {
  const state: ToolState = toolState("stroking", {
    pointerMove: (input) => {
      points.push(strokePoint(host, input));
      host.draft({ kind: "stroke", points, paint: stroke.paint });
      return state;
    },
    pointerUp: () => {
      host.draft(null);
      host.masks.stroke(points, stroke.paint);
      const end = points.at(-1);
      return end ? stroke.after(end) : stroke.idle;
    },
    cancel: () => {
      host.draft(null);
      return stroke.idle;
    },
  });
  return state;
}

export function strokePoint(host: ToolHost, { image, pressure }: PointerInput): StrokePoint {
  const radius = host.settings().brushDiameter / 2;
  return { x: image.x, y: image.y, radius: radius * (MIN_PRESSURE_WIDTH + (1 - MIN_PRESSURE_WIDTH) * pressure) };
}
