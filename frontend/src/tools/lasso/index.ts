import type { ImagePoint } from "../../geometry";
import type { Paint } from "../../session";
import { panning, startsPanning } from "../panning";
import { type PointerInput, shapePaintOf, type ToolHost, type ToolState, toolState } from "../tool";

/** What is drawn around becomes part of the mask; Alt or the right button takes it away. */
export function lassoTool(host: ToolHost): ToolState {
  const idle: ToolState = toolState("idle", {
    pointerDown: (input) => {
      if (startsPanning(input)) return panning(host, input.screen, idle);
      const paint = shapePaintOf(host, input);
      return host.masks.isReadyFor(paint) ? drawingAround(host, [], paint, idle).pointerMove(input) : idle;
    },
  });
  return idle;
}

/** `line` is this gesture's own list, which grows. */
function drawingAround(host: ToolHost, line: ImagePoint[], paint: Paint, idle: ToolState): ToolState {
  const state: ToolState = toolState("drawing_around", {
    pointerMove: ({ image }: PointerInput) => {
      line.push(host.clampToImage(image));
      host.draft({ kind: "outline", rings: [line], isClosed: true, handles: [], paint });
      return state;
    },
    pointerUp: () => {
      host.draft(null);
      if (line.length > 2) host.masks.shape([line], paint);
      return idle;
    },
    cancel: () => {
      host.draft(null);
      return idle;
    },
  });
  return state;
}
