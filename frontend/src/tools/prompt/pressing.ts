import { distance } from "../../geometry";
import type { PointLabel } from "../../session";
import { nearestWithin } from "../nearest";
import {
  DRAG_THRESHOLD_PX,
  GRAB_RADIUS_PX,
  type PointerInput,
  type ToolHost,
  type ToolState,
  toolState,
} from "../tool";
import { draggingBox } from "./draggingBox";
import { pressPoint } from "./draggingPoint";
import { scribbling } from "./scribbling";

/** The point is decoded on the press already; waiting for the release would cost a tenth of a second. */
export function press(host: ToolHost, input: PointerInput, idle: ToolState): ToolState {
  const held = heldPoint(host, input);
  if (held !== null) return pressPoint(host, { input, index: held }, idle);
  const label = labelOf(host, input);
  if (input.isInsideImage) host.prompt.addPoint(input.image, label);
  return pointing(host, { input, label }, idle);
}

/** The point under the pointer, unless a key or button says that one is to be added there. */
function heldPoint(host: ToolHost, { image, imagePerPixel, button, alt, shift }: PointerInput): number | null {
  if (button !== "left" || alt || shift) return null;
  const points = host.prompt.points().map(({ point }) => point);
  return nearestWithin(points, image, GRAB_RADIUS_PX * imagePerPixel);
}

/** Alt or the right button: background, Shift: foreground; otherwise a click inside the shown mask takes away. */
function labelOf(host: ToolHost, { button, alt, shift, image }: PointerInput): PointLabel {
  if (button === "right" || alt) return 0;
  return !shift && host.prompt.isInShownMask(image) ? 0 : 1;
}

interface Press {
  readonly input: PointerInput;
  readonly label: PointLabel;
}

function pointing(host: ToolHost, { input: start, label }: Press, idle: ToolState): ToolState {
  const takeBack = (): void => {
    if (start.isInsideImage) host.prompt.takeBackPoint();
  };
  const state: ToolState = toolState("pointing", {
    pointerMove: (input) => {
      if (distance(input.screen, start.screen) < DRAG_THRESHOLD_PX) return state;
      takeBack();
      return dragging(host, start, label, idle).pointerMove(input);
    },
    pointerUp: () => idle,
    cancel: () => {
      takeBack();
      return idle;
    },
  });
  return state;
}

/** A drag with Shift, and every drag that means background, is a scribble: there are no boxes of background. */
function dragging(host: ToolHost, start: PointerInput, label: PointLabel, idle: ToolState): ToolState {
  const isBackground = start.button === "right" || start.alt;
  const scribbles = isBackground || start.shift || host.settings().promptDrag === "scribble";
  if (!scribbles) return draggingBox(host, start.image, idle);
  return scribbling(host, [start.image], label, idle);
}
