import type { ImagePoint } from "../../geometry";
import type { PointLabel } from "../../session";
import { type ToolHost, type ToolState, toolState } from "../tool";
import { sampleLine } from "./sampleLine";

/** More points than these tell the segmenter nothing new, and it was trained with few. */
const MAX_POINTS = 6;
/** Points closer together than this, in CSS pixels, say the same. */
const MIN_SPACING_PX = 24;

/** A line over the object, or over what does not belong to it: some points along it are the prompt. */
export function scribbling(host: ToolHost, line: readonly ImagePoint[], label: PointLabel, idle: ToolState): ToolState {
  const end = (): ToolState => {
    host.draft(null);
    return idle;
  };
  return toolState("scribbling", {
    pointerMove: ({ image }) => {
      const points = [...line, host.clampToImage(image)];
      host.draft({ kind: "scribble", points, label });
      return scribbling(host, points, label, idle);
    },
    pointerUp: ({ imagePerPixel }) => {
      const clamped = line.map((point) => host.clampToImage(point));
      host.prompt.addPoints(sampleLine(clamped, MIN_SPACING_PX * imagePerPixel, MAX_POINTS), label);
      return end();
    },
    cancel: end,
  });
}
