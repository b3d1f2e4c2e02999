import { panning, startsPanning } from "../panning";
import { type PointerInput, shapePaintOf, type ToolHost, type ToolState, toolState } from "../tool";

/** Tolerance for one CSS pixel of drag. */
const TOLERANCE_PER_PX = 0.2;

/** A press takes all pixels of a similar colour around it; dragging right or up takes in more colours. */
export function wandTool(host: ToolHost): ToolState {
  const idle: ToolState = toolState("idle", {
    pointerDown: (input) => {
      if (startsPanning(input)) return panning(host, input.screen, idle);
      const isReady = input.isInsideImage && host.masks.isReadyFor(shapePaintOf(host, input));
      return isReady ? choosingTolerance(host, input, idle) : idle;
    },
  });
  return idle;
}

function choosingTolerance(host: ToolHost, start: PointerInput, idle: ToolState): ToolState {
  const paint = shapePaintOf(host, start);
  const { wandTolerance } = host.settings();
  let isOver = false;
  const draw = (): void => {
    if (!isOver) host.draft(region.preview(host.settings().wandTolerance, paint));
  };
  const region = host.masks.colourRegion(start.image, draw);
  const end = (): ToolState => {
    isOver = true;
    host.draft(null);
    return idle;
  };
  const state: ToolState = toolState("choosing_tolerance", {
    pointerMove: ({ screen }) => {
      const travel = screen.x - start.screen.x - (screen.y - start.screen.y);
      host.changeSettings({ wandTolerance: wandTolerance + travel * TOLERANCE_PER_PX });
      draw();
      return state;
    },
    pointerUp: () => {
      end();
      region.paint(host.settings().wandTolerance, paint);
      return idle;
    },
    cancel: () => {
      host.changeSettings({ wandTolerance });
      return end();
    },
  });
  draw();
  return state;
}
