import { distance, type ImagePoint } from "../../geometry";
import { DRAG_THRESHOLD_PX, type PointerInput, type ToolHost, type ToolState, toolState } from "../tool";

interface HeldPoint {
  readonly input: PointerInput;
  /** Its place among the prompt's points. */
  readonly index: number;
}

/** A click on a point of the prompt removes it, a drag moves it. */
export function pressPoint(host: ToolHost, held: HeldPoint, idle: ToolState): ToolState {
  const state: ToolState = toolState("pressing_point", {
    pointerMove: (input) => {
      if (distance(input.screen, held.input.screen) < DRAG_THRESHOLD_PX) return state;
      return draggingPoint(host, held, idle).pointerMove(input);
    },
    pointerUp: () => {
      host.prompt.removePoint(held.index);
      return idle;
    },
    cancel: () => idle,
  });
  return state;
}

function draggingPoint(host: ToolHost, { index }: HeldPoint, idle: ToolState): ToolState {
  const label = host.prompt.points()[index]?.label ?? 1;
  const draw = (image: ImagePoint): void =>
    host.draft({ kind: "point", point: host.clampToImage(image), label, replaces: index });
  const state: ToolState = toolState("dragging_point", {
    pointerMove: ({ image }) => {
      draw(image);
      return state;
    },
    pointerUp: ({ image }) => {
      host.draft(null);
      host.prompt.movePoint(index, host.clampToImage(image));
      return idle;
    },
    cancel: () => {
      host.draft(null);
      return idle;
    },
  });
  return state;
}
