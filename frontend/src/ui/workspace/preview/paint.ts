import type { SizeHw } from "../../../geometry";
import {
  type BboxXywh,
  type BinaryMask,
  countsOf,
  decodeRegion,
  type LowResLogits,
  type Rle,
  rasterise,
} from "../../../masks";
import type { ImagePixels } from "../../../rendering";
import { parseColor } from "../../../rendering/colours";
import { tintMask } from "../../../rendering/maskPixels";
import { toBitmap } from "../../../rendering/surface";

/** A mask to be shown small: as it is stored, or as the decoder gave it. */
export type PreviewMask =
  | { readonly kind: "rle"; readonly rle: Rle }
  | { readonly kind: "logits"; readonly logits: LowResLogits };

export interface PreviewContent {
  /** Null while the pixels are on their way: the mask is drawn alone then. */
  readonly pixels: ImagePixels | null;
  /** Image size in pixels. */
  readonly imageHw: SizeHw;
  /** What of the image is shown, in image pixels. */
  readonly region: BboxXywh;
  /** Null: the annotation was deleted. */
  readonly mask: PreviewMask | null;
  /** "#rrggbb" */
  readonly color: string;
}

const FILL_ALPHA = 120;

/** Fills the canvas with a part of the image and the mask on it. */
export function paintPreview(canvas: HTMLCanvasElement, content: PreviewContent): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  const { width, height } = canvas;
  const [x, y, regionWidth, regionHeight] = content.region;
  context.clearRect(0, 0, width, height);
  context.imageSmoothingQuality = "medium";
  const scale = Math.min(width / regionWidth, height / regionHeight);
  const [drawnWidth, drawnHeight] = [regionWidth * scale, regionHeight * scale];
  const [left, top] = [(width - drawnWidth) / 2, (height - drawnHeight) / 2];
  const region = { x0: x, y0: y, x1: x + regionWidth, y1: y + regionHeight };
  content.pixels?.drawRegion(context, region, { x0: left, y0: top, x1: left + drawnWidth, y1: top + drawnHeight });
  if (!content.mask) return;
  const step = Math.max(1, Math.floor(1 / scale));
  const mask = maskInRegion(content.mask, content.imageHw, content.region, step);
  const bounds = { left: 0, top: 0, right: mask.width, bottom: mask.height };
  const tint = { color: parseColor(content.color), fillAlpha: FILL_ALPHA, edgeAlpha: 255 };
  context.drawImage(
    toBitmap(tintMask(mask, bounds, tint), [mask.height, mask.width]),
    left,
    top,
    drawnWidth,
    drawnHeight,
  );
}

/** Every `step`-th pixel of the mask inside the region. */
function maskInRegion(mask: PreviewMask, imageHw: SizeHw, region: BboxXywh, step: number): BinaryMask {
  if (mask.kind === "rle") return decodeRegion(countsOf(mask.rle), imageHw[0], region, step);
  const grid: SizeHw = [Math.max(1, Math.round(imageHw[0] / step)), Math.max(1, Math.round(imageHw[1] / step))];
  return crop(
    rasterise(mask.logits, grid),
    region.map((length) => Math.round(length / step)) as [number, number, number, number],
  );
}

function crop(mask: BinaryMask, [x, y, width, height]: BboxXywh): BinaryMask {
  const [columns, rows] = [
    Math.max(1, Math.min(width, mask.width - x)),
    Math.max(1, Math.min(height, mask.height - y)),
  ];
  const data = new Uint8Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    const start = (y + row) * mask.width + x;
    data.set(mask.data.subarray(start, start + columns), row * columns);
  }
  return { width: columns, height: rows, data };
}
