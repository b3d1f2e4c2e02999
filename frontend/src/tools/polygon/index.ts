import { panning, startsPanning } from "../panning";
import { shapePaintOf, type ToolHost, type ToolState, toolState } from "../tool";
import { placingVertex } from "./drawing";

/** Clicks place the vertices of a shape; its first one, Enter, or a second click on its last one closes it. */
export function polygonTool(host: ToolHost): ToolState {
  const idle: ToolState = toolState("idle", {
    pointerDown: (input) => {
      if (startsPanning(input)) return panning(host, input.screen, idle);
      const paint = shapePaintOf(host, input);
      return host.masks.isReadyFor(paint) ? placingVertex(host, { vertices: [], paint, idle }, input) : idle;
    },
  });
  return idle;
}
