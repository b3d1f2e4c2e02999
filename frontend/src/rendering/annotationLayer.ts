import type { Annotation } from "../document";
import { type BinaryMask, countsOf, decodeRegion } from "../masks";
import { pathOf } from "./candidateLayer";
import { DEFAULT_COLOR, parseColor } from "./colours";
import { outlineSegments, type PixelBounds, tintMask } from "./maskPixels";
import type { Scene } from "./scene";
import { type Context2d, chooseSmoothing, enterImageSpace, strokeDouble, toBitmap } from "./surface";

/** How much less transparent the border of a mask is than its inside, 0 to 255. */
const EDGE_EXTRA_ALPHA = 110;
const MAX_BITMAP_PIXELS = 4_000_000;
/** Bitmaps are made in small portions, so that a frame is not held up by hundreds of them. */
const BUDGET_MS = 12;

/** One annotation as pixels: of its box only, and no finer than the screen shows it. */
interface Sprite {
  readonly annotation: Annotation;
  readonly color: string;
  readonly opacity: number;
  /** Image pixels for one pixel of the bitmap. */
  readonly step: number;
  readonly bitmap: OffscreenCanvas | null;
}

/** All annotations. Their bitmaps are kept, so that zooming and panning only draws them again. */
export class AnnotationLayer {
  private readonly sprites = new Map<string, Sprite>();
  /** Made for the few annotations that were ever selected or pointed at. */
  private readonly outlines = new WeakMap<Sprite, Path2D>();

  /** True when everything is there; otherwise another frame is needed. */
  draw(context: Context2d, scene: Scene, pixelRatio: number): boolean {
    this.forgetVanished(scene);
    if (!scene.display.annotationsVisible) return true;
    const deadline = performance.now() + BUDGET_MS;
    let isComplete = true;
    enterImageSpace(context, scene.viewport, pixelRatio);
    for (const annotation of scene.annotations.values()) {
      if (scene.display.hiddenIds.has(annotation.id) || !isInView(annotation, scene)) continue;
      const isCurrent = this.refresh(annotation, scene, pixelRatio, deadline);
      isComplete &&= isCurrent;
      this.drawSprite(context, annotation, scene, pixelRatio);
    }
    this.drawEmphasis(context, scene);
    return isComplete;
  }

  private forgetVanished({ annotations }: Scene): void {
    for (const id of this.sprites.keys()) if (!annotations.has(id)) this.sprites.delete(id);
  }

  private refresh(annotation: Annotation, scene: Scene, pixelRatio: number, deadline: number): boolean {
    const color = scene.colorOfCategory.get(annotation.categoryId) ?? DEFAULT_COLOR;
    const { opacity } = scene.display;
    const step = stepFor(annotation, scene.viewport.scale * pixelRatio);
    const known = this.sprites.get(annotation.id);
    const isCurrent =
      known?.annotation === annotation && known.color === color && known.opacity === opacity && known.step === step;
    if (isCurrent) return true;
    if (performance.now() > deadline) return false;
    this.sprites.set(annotation.id, makeSprite(annotation, { color, opacity, step }));
    return true;
  }

  private drawSprite(context: Context2d, { id, bboxXywh }: Annotation, scene: Scene, pixelRatio: number): void {
    const sprite = this.sprites.get(id);
    if (!sprite?.bitmap) return;
    const { bitmap, step } = sprite;
    chooseSmoothing(context, scene.viewport.scale * pixelRatio * step);
    context.drawImage(bitmap, bboxXywh[0], bboxXywh[1], bitmap.width * step, bitmap.height * step);
  }

  /** The selected annotation, and the one under the pointer, get the outline that is visible on every ground. */
  private drawEmphasis(context: Context2d, { selectedId, highlightedId, viewport }: Scene): void {
    for (const id of new Set([highlightedId, selectedId])) {
      const sprite = id && this.sprites.get(id);
      if (sprite) strokeDouble(context, this.outlineOf(sprite), 1 / viewport.scale, id === selectedId ? 2 : 1);
    }
  }

  private outlineOf(sprite: Sprite): Path2D {
    const known = this.outlines.get(sprite);
    if (known) return known;
    const { annotation, step } = sprite;
    const region = regionOf(annotation, step);
    const [left, top] = annotation.bboxXywh;
    const outline = pathOf(outlineSegments(region, wholeOf(region)), [step, step], left, top);
    this.outlines.set(sprite, outline);
    return outline;
  }
}

function makeSprite(annotation: Annotation, look: Pick<Sprite, "color" | "opacity" | "step">): Sprite {
  const [, , width, height] = annotation.bboxXywh;
  if (width === 0 || height === 0) return { annotation, ...look, bitmap: null };
  const region = regionOf(annotation, look.step);
  const fillAlpha = Math.round(look.opacity * 255);
  const edgeAlpha = Math.min(fillAlpha + EDGE_EXTRA_ALPHA, 255);
  const pixels = tintMask(region, wholeOf(region), { color: parseColor(look.color), fillAlpha, edgeAlpha });
  return { annotation, ...look, bitmap: toBitmap(pixels, [region.height, region.width]) };
}

/** The mask inside its box. */
function regionOf({ rle, bboxXywh }: Annotation, step: number): BinaryMask {
  return decodeRegion(countsOf(rle), rle.size[0], bboxXywh, step);
}

function wholeOf({ width, height }: BinaryMask): PixelBounds {
  return { left: 0, top: 0, right: width, bottom: height };
}

/** The power of two that comes closest to one bitmap pixel for one device pixel, or finer. */
function stepFor({ bboxXywh: [, , width, height] }: Annotation, deviceScale: number): number {
  let step = 1;
  while (step * 2 * deviceScale <= 1) step *= 2;
  while ((width * height) / step ** 2 > MAX_BITMAP_PIXELS) step *= 2;
  return step;
}

function isInView({ bboxXywh: [x, y, width, height] }: Annotation, { viewport, canvasHw }: Scene): boolean {
  const { scale, offsetX, offsetY } = viewport;
  const [left, top] = [x * scale + offsetX, y * scale + offsetY];
  return left < canvasHw[1] && top < canvasHw[0] && left + width * scale > 0 && top + height * scale > 0;
}
