import type { StrokePoint } from "../../masks";
import { type ToolHost, type ToolState, toolState } from "../tool";
import { type Stroke, strokePoint } from "./stroking";

/** A straight stroke from a fixed place to the pointer. */
export function lining(host: ToolHost, from: StrokePoint, stroke: Stroke): ToolState {
  const state: ToolState = toolState("lining", {
    pointerMove: (input) => {
      host.draft({ kind: "stroke", points: [from, strokePoint(host, input)], paint: stroke.paint });
      return state;
    },
    pointerUp: (input) => {
      const end = strokePoint(host, input);
      host.draft(null);
      host.masks.stroke([from, end], stroke.paint);
      return stroke.after(end);
    },
    cancel: () => {
      host.draft(null);
      return stroke.idle;
    },
  });
  return state;
}
