import { panning } from "../panning";
import { type ToolHost, type ToolState, toolState } from "../tool";

/** A click selects the annotation under the pointer, or nothing, and with Shift one more; resting highlights it; a drag pans. */
export function selectTool(host: ToolHost): ToolState {
  const idle: ToolState = toolState("idle", {
    pointerDown: (input) => {
      if (!input.space && input.button !== "middle") host.selectAt(input.image, input.shift);
      return panning(host, input.screen, idle);
    },
    pointerMove: (input) => {
      host.highlightAt(input.isInsideImage ? input.image : null);
      return idle;
    },
    pointerLeave: () => {
      host.highlightAt(null);
      return idle;
    },
  });
  return idle;
}
