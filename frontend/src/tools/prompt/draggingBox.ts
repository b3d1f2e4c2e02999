import { boxFromCorners, boxHeight, boxWidth, type ImageBox, type ImagePoint } from "../../geometry";
import { type ToolHost, type ToolState, toolState } from "../tool";

/** Boxes thinner than this, in image pixels, are slips. */
const MIN_BOX_SIDE = 1;

export function draggingBox(host: ToolHost, corner: ImagePoint, idle: ToolState): ToolState {
  const boxTo = (point: ImagePoint): ImageBox => boxFromCorners(host.clampToImage(corner), host.clampToImage(point));
  const state: ToolState = toolState("dragging_box", {
    pointerMove: ({ image }) => {
      host.draft({ kind: "box", box: boxTo(image) });
      return state;
    },
    pointerUp: ({ image }) => {
      host.draft(null);
      const box = boxTo(image);
      if (Math.min(boxWidth(box), boxHeight(box)) >= MIN_BOX_SIDE) host.prompt.placeBox(box);
      return idle;
    },
    cancel: () => {
      host.draft(null);
      return idle;
    },
  });
  return state;
}
