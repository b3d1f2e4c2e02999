import type { ScreenPoint } from "../geometry";
import { type PointerInput, type ToolHost, type ToolState, toolState } from "./tool";

export function startsPanning(input: PointerInput): boolean {
  return input.button === "middle" || (input.space && input.button === "left");
}

/** The image follows the pointer until the button is let go; then the tool goes on as before. */
export function panning(host: ToolHost, last: ScreenPoint, after: ToolState): ToolState {
  return toolState("panning", {
    pointerMove: ({ screen }) => {
      host.panBy(screen.x - last.x, screen.y - last.y);
      return panning(host, screen, after);
    },
    pointerUp: () => after,
    cancel: () => after,
  });
}
