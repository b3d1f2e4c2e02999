import { panning, startsPanning } from "../panning";
import { shapePaintOf, type ToolHost, type ToolState, toolState } from "../tool";
import { tracing } from "./tracing";

/** Intelligent scissors: the line between two clicks runs along the edges of the image. */
export function scissorsTool(host: ToolHost): ToolState {
  const idle: ToolState = toolState("idle", {
    pointerDown: (input) => {
      if (startsPanning(input)) return panning(host, input.screen, idle);
      const paint = shapePaintOf(host, input);
      const isReady = input.isInsideImage && host.masks.isReadyFor(paint);
      return isReady ? tracing(host, { anchors: [input.image], lines: [], paint, idle }) : idle;
    },
  });
  return idle;
}
