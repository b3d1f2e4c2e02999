import type { ImagePoint } from "../../geometry";
import { panning, startsPanning } from "../panning";
import { type ToolHost, type ToolState, toolState } from "../tool";

/** A line across the selected mask, straight or not, makes two of it. */
export function splitTool(host: ToolHost): ToolState {
  const idle: ToolState = toolState("idle", {
    pointerDown: (input) => {
      if (startsPanning(input)) return panning(host, input.screen, idle);
      return host.masks.isReadyFor("erase") ? cutting(host, [], idle).pointerMove(input) : idle;
    },
  });
  return idle;
}

/** `line` is this gesture's own list, which grows. */
function cutting(host: ToolHost, line: ImagePoint[], idle: ToolState): ToolState {
  const state: ToolState = toolState("cutting", {
    pointerMove: ({ image }) => {
      line.push(image);
      host.draft({ kind: "outline", rings: [line], isClosed: false, handles: [], paint: "erase" });
      return state;
    },
    pointerUp: () => {
      host.draft(null);
      if (line.length > 1) host.masks.splitAlong(line);
      return idle;
    },
    cancel: () => {
      host.draft(null);
      return idle;
    },
  });
  return state;
}
