import { panning, startsPanning } from "../panning";
import { type PointerInput, shapePaintOf, type ToolHost, type ToolState, toolState } from "../tool";
import { drawPolygon, pressCorner } from "./corners";
import { placingVertex } from "./drawing";

/**
 * The corners of the selected mask are dragged, added on its outline, and removed. Elsewhere clicks place the corners of
 * a new shape; its first one, Enter, or a second click on its last one closes it.
 */
export function polygonTool(host: ToolHost): ToolState {
  const idle: ToolState = toolState("idle", {
    pointerDown: (input) => {
      if (startsPanning(input)) return panning(host, input.screen, idle);
      return pressCorner(host, input, idle) ?? beginShape(host, input, idle);
    },
    pointerMove: (input) => {
      drawPolygon(host, input);
      return idle;
    },
    pointerLeave: () => {
      host.draft(null);
      return idle;
    },
  });
  return idle;
}

function beginShape(host: ToolHost, input: PointerInput, idle: ToolState): ToolState {
  const paint = shapePaintOf(host, input);
  return host.masks.isReadyFor(paint) ? placingVertex(host, { vertices: [], paint, idle }, input) : idle;
}
