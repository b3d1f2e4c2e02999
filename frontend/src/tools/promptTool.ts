import { boxFromCorners, boxHeight, boxWidth, distance, type ImagePoint } from "../geometry";
import { panning, startsPanning } from "./panning";
import { DRAG_THRESHOLD_PX, type PointerInput, type ToolHost, type ToolState } from "./tool";

/** A click adds a point (left foreground; Alt or right background), a drag draws a box, and resting shows a preview. */
export function promptTool(host: ToolHost): ToolState {
  const idle: ToolState = {
    name: "idle",
    pointerDown: (input) => (startsPanning(input) ? panning(host, input.screen, idle) : press(host, input, idle)),
    pointerMove: (input) => {
      host.preview(input.isInsideImage ? input.image : null);
      return idle;
    },
    pointerUp: () => idle,
    pointerLeave: () => {
      host.preview(null);
      return idle;
    },
    cancel: () => idle,
  };
  return idle;
}

/** The point is decoded on the press already; waiting for the release would cost a tenth of a second. */
function press(host: ToolHost, input: PointerInput, idle: ToolState): ToolState {
  const isForeground = input.button === "left" && !input.alt;
  if (input.isInsideImage) host.addPoint(input.image, isForeground ? 1 : 0);
  return pointing(host, { input, idle, mayDrag: isForeground });
}

interface Press {
  readonly input: PointerInput;
  readonly idle: ToolState;
  readonly mayDrag: boolean;
}

function pointing(host: ToolHost, start: Press): ToolState {
  const state: ToolState = {
    name: "pointing",
    pointerDown: () => state,
    pointerMove: (input) => {
      if (!start.mayDrag || distance(input.screen, start.input.screen) < DRAG_THRESHOLD_PX) return state;
      if (start.input.isInsideImage) host.takeBackPoint();
      return draggingBox(host, start.input.image, start.idle).pointerMove(input);
    },
    pointerUp: () => start.idle,
    pointerLeave: () => state,
    cancel: () => start.idle,
  };
  return state;
}

/** Boxes thinner than this, in image pixels, are slips. */
const MIN_BOX_SIDE = 1;

function draggingBox(host: ToolHost, corner: ImagePoint, idle: ToolState): ToolState {
  const boxTo = (point: ImagePoint) => boxFromCorners(host.clampToImage(corner), host.clampToImage(point));
  const state: ToolState = {
    name: "dragging_box",
    pointerDown: () => state,
    pointerMove: ({ image }) => {
      host.draftBox(boxTo(image));
      return state;
    },
    pointerUp: ({ image }) => {
      host.draftBox(null);
      const box = boxTo(image);
      if (Math.min(boxWidth(box), boxHeight(box)) >= MIN_BOX_SIDE) host.placeBox(box);
      return idle;
    },
    pointerLeave: () => state,
    cancel: () => {
      host.draftBox(null);
      return idle;
    },
  };
  return state;
}
