import { panning, startsPanning } from "./panning";
import type { ToolHost, ToolState } from "./tool";

/** A click selects the annotation under the pointer, or nothing; resting highlights it; a drag pans. */
export function selectTool(host: ToolHost): ToolState {
  const idle: ToolState = {
    name: "idle",
    pointerDown: (input) => {
      if (startsPanning(input)) return panning(host, input.screen, idle);
      host.selectAt(input.image);
      return panning(host, input.screen, idle);
    },
    pointerMove: (input) => {
      host.highlightAt(input.isInsideImage ? input.image : null);
      return idle;
    },
    pointerUp: () => idle,
    pointerLeave: () => {
      host.highlightAt(null);
      return idle;
    },
    cancel: () => idle,
  };
  return idle;
}
