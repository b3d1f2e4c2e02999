import type { SizeHw } from "../geometry";
import { type LowResLogits, rasterise } from "../masks";
import { parseColor } from "./colours";
import { boundsOf, outlineSegments, type PixelBounds, tintMask } from "./maskPixels";
import type { Scene } from "./scene";
import { type Context2d, chooseSmoothing, enterImageSpace, strokeDouble, toBitmap } from "./surface";

/** More pixels than this take longer to make than a frame lasts, and are not seen. */
const MAX_PIXELS = 1_000_000;
const CANDIDATE_ALPHA = 110;
const PREVIEW_ALPHA = 80;

interface DrawnCandidate {
  readonly logits: LowResLogits;
  readonly color: string;
  readonly isPreview: boolean;
  /** Null: the mask is empty. */
  readonly content: { bitmap: OffscreenCanvas; outline: Path2D; bounds: PixelBounds } | null;
  /** Image pixels for one pixel of the bitmap, across and down. */
  readonly step: readonly [number, number];
}

/** The candidate, or the preview: a tinted mask with an outline that is visible on every ground. */
export class CandidateLayer {
  private drawn: DrawnCandidate | null = null;

  /** Makes pixels of the mask, while the browser waits for the next frame. */
  prepare(scene: Scene): void {
    const { candidate, candidateColor, isPreview } = scene;
    if (!candidate) return;
    const known = this.drawn;
    const isSame = known?.logits === candidate && known.color === candidateColor && known.isPreview === isPreview;
    if (!isSame) this.drawn = makePixels(candidate, scene);
  }

  /** The scene that was prepared last. */
  draw(context: Context2d, scene: Scene, pixelRatio: number): void {
    if (!scene.candidate || !this.drawn?.content) return;
    const { bitmap, outline, bounds } = this.drawn.content;
    const [across, down] = this.drawn.step;
    enterImageSpace(context, scene.viewport, pixelRatio);
    chooseSmoothing(context, (scene.viewport.scale * pixelRatio * (across + down)) / 2);
    context.drawImage(
      bitmap,
      bounds.left * across,
      bounds.top * down,
      (bounds.right - bounds.left) * across,
      (bounds.bottom - bounds.top) * down,
    );
    strokeDouble(context, outline, 1 / scene.viewport.scale, scene.isPreview ? 1 : 1.5);
  }
}

function makePixels(logits: LowResLogits, { imageHw, candidateColor, isPreview }: Scene): DrawnCandidate {
  const gridHw = gridFor(imageHw);
  const mask = rasterise(logits, gridHw);
  const bounds = boundsOf(mask);
  const step = [imageHw[1] / gridHw[1], imageHw[0] / gridHw[0]] as const;
  const common = { logits, color: candidateColor, isPreview, step };
  if (!bounds) return { ...common, content: null };
  const fillAlpha = isPreview ? PREVIEW_ALPHA : CANDIDATE_ALPHA;
  const pixels = tintMask(mask, bounds, { color: parseColor(candidateColor), fillAlpha, edgeAlpha: fillAlpha });
  const bitmap = toBitmap(pixels, [bounds.bottom - bounds.top, bounds.right - bounds.left]);
  return { ...common, content: { bitmap, outline: pathOf(outlineSegments(mask, bounds), step), bounds } };
}

/** The image's own pixels while they are few enough: then what is seen is exactly what will be saved. */
function gridFor([height, width]: SizeHw): SizeHw {
  const shrink = Math.min(1, Math.sqrt(MAX_PIXELS / (height * width)));
  return [Math.max(Math.round(height * shrink), 1), Math.max(Math.round(width * shrink), 1)];
}

export function pathOf(
  segments: readonly number[],
  [across, down]: readonly [number, number],
  left = 0,
  top = 0,
): Path2D {
  const path = new Path2D();
  for (let at = 0; at < segments.length; at += 4) {
    path.moveTo(left + (segments[at] ?? 0) * across, top + (segments[at + 1] ?? 0) * down);
    path.lineTo(left + (segments[at + 2] ?? 0) * across, top + (segments[at + 3] ?? 0) * down);
  }
  return path;
}
