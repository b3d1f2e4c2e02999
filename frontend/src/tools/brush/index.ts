import type { StrokePoint } from "../../masks";
import type { Paint } from "../../session";
import { panning, startsPanning } from "../panning";
import { type PointerInput, paintOf, type ToolHost, type ToolState, toolState } from "../tool";
import { lining } from "./lining";
import { strokePoint, stroking } from "./stroking";

/**
 * Paints (or, as the eraser, erases) along the pointer. Alt or the right button does the opposite; Shift draws a straight
 * line from where the last stroke ended.
 */
export function brushTool(host: ToolHost, usual: Paint, lastEnd: StrokePoint | null = null): ToolState {
  const showCursor = (input: PointerInput): void =>
    host.draft({ kind: "cursor", at: strokePoint(host, { ...input, pressure: 1 }), paint: paintOf(input, usual) });
  const after = (end: StrokePoint): ToolState => brushTool(host, usual, end);
  const idle: ToolState = toolState("idle", {
    pointerDown: (input) => {
      if (startsPanning(input)) return panning(host, input.screen, idle);
      const paint = paintOf(input, usual);
      if (!host.masks.isReadyFor(paint)) return idle;
      const stroke = { paint, idle, after };
      const begun = input.shift && lastEnd ? lining(host, lastEnd, stroke) : stroking(host, [], stroke);
      return begun.pointerMove(input);
    },
    pointerMove: (input) => {
      showCursor(input);
      return idle;
    },
    pointerLeave: () => {
      host.draft(null);
      return idle;
    },
  });
  return idle;
}
