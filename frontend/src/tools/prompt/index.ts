import { panning, startsPanning } from "../panning";
import { type ToolHost, type ToolState, toolState } from "../tool";
import { press } from "./pressing";

/**
 * A click adds a point, a drag draws a box or scribbles, resting shows a preview, and points that are there can be
 * dragged or, by a click, removed.
 */
export function promptTool(host: ToolHost): ToolState {
  const idle: ToolState = toolState("idle", {
    pointerDown: (input) => (startsPanning(input) ? panning(host, input.screen, idle) : press(host, input, idle)),
    pointerMove: (input) => {
      host.prompt.preview(input.isInsideImage ? input.image : null);
      return idle;
    },
    pointerLeave: () => {
      host.prompt.preview(null);
      return idle;
    },
  });
  return idle;
}
