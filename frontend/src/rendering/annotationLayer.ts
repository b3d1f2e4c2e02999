import type { Annotation } from "../document";
import { deviceBox, type ImageBox, levelFor, type TileId, tilesIn, topLevel, visibleBox } from "../geometry";
import { countsOf, decodeRegion } from "../masks";
import { isShown } from "../session";
import { pathOf } from "./candidateLayer";
import { drawTiles } from "./drawTiles";
import { outlineSegments } from "./maskPixels";
import { MaskTiles } from "./maskTiles/maskTiles";
import { MANY_SELECTED } from "./maskTiles/paintedMasks";
import type { Scene } from "./scene";
import { type Context2d, enterDeviceSpace, enterImageSpace, strokeDouble } from "./surface";

/**
 * Painting takes its time from the frame. While the image stands still it may take longer, since nothing stutters; what
 * somebody has just changed may take longest: it must not lag behind.
 */
const MOVING_BUDGET_MS = 8;
const STILL_BUDGET_MS = 24;
const EDIT_BUDGET_MS = 40;
const MAX_OUTLINE_PIXELS = 1_000_000;

interface Outline {
  readonly step: number;
  readonly path: Path2D;
}

/** What a frame came to: not all that is seen is there; it is, but more is made ahead; nothing is left to do. */
export type Progress = "unfinished" | "seen" | "done";

/** All annotations, as tiles that zooming and panning only draw again, and outlines around some of them. */
export class AnnotationLayer {
  private readonly tiles = new MaskTiles();
  private last: Scene | null = null;
  /** Made for the few annotations that were ever selected or pointed at. */
  private readonly outlines = new WeakMap<Annotation, Outline>();

  draw(context: Context2d, scene: Scene, pixelRatio: number): Progress {
    this.tiles.update(scene);
    const visible = visibleBox(scene.viewport, scene.imageHw, scene.canvasHw);
    if (!visible || !scene.display.annotationsVisible) return "done";
    const level = levelFor(scene.imageHw, scene.viewport.scale * pixelRatio);
    const wanted = tilesIn(level, visible);
    const deadline = this.deadline(scene);
    const isSeen = this.tiles.paint(wanted, deadline);
    const isDone = isSeen && this.tiles.paint([...wanted, ...wholeImage(scene, level)], deadline);
    enterDeviceSpace(context);
    const place = (box: ImageBox): ImageBox => deviceBox(box, scene.viewport, pixelRatio);
    drawTiles(context, wanted, (tile) => this.tiles.find(tile), scene.imageHw, place);
    this.drawEmphasis(context, scene, pixelRatio);
    return isDone ? "done" : isSeen ? "seen" : "unfinished";
  }

  private deadline(scene: Scene): number {
    const { last } = this;
    this.last = scene;
    if (scene.annotations !== last?.annotations) return performance.now() + EDIT_BUDGET_MS;
    return performance.now() + (scene.viewport === last.viewport ? STILL_BUDGET_MS : MOVING_BUDGET_MS);
  }

  /** What is selected, and what the pointer is over, gets the outline that is visible on every ground. */
  private drawEmphasis(context: Context2d, scene: Scene, pixelRatio: number): void {
    const { selectedIds, selectedId, highlightedId, annotations, display, viewport } = scene;
    enterImageSpace(context, viewport, pixelRatio);
    const outlined = selectedIds.size > MANY_SELECTED ? [selectedId] : selectedIds;
    for (const id of new Set([highlightedId, ...outlined])) {
      if (id === null) continue;
      const annotation = annotations.get(id);
      if (!annotation || !isShown(display, id, selectedIds) || !isInView(annotation, scene)) continue;
      const path = this.outlineOf(annotation, viewport.scale * pixelRatio);
      strokeDouble(context, path, 1 / viewport.scale, id === selectedId ? 2 : 1);
    }
  }

  private outlineOf(annotation: Annotation, deviceScale: number): Path2D {
    const step = stepFor(annotation, deviceScale);
    const known = this.outlines.get(annotation);
    if (known?.step === step) return known.path;
    const { rle, bboxXywh } = annotation;
    const mask = decodeRegion(countsOf(rle), rle.size[0], bboxXywh, step);
    const whole = { left: 0, top: 0, right: mask.width, bottom: mask.height };
    const path = pathOf(outlineSegments(mask, whole), [step, step], bboxXywh[0], bboxXywh[1]);
    this.outlines.set(annotation, { step, path });
    return path;
  }
}

/** The coarsest tile stands in for those that are not painted yet; it comes last, since it has every mask. */
function wholeImage({ imageHw }: Scene, level: number): TileId[] {
  const top = topLevel(imageHw);
  return top === level ? [] : [{ level: top, column: 0, row: 0 }];
}

/** The power of two that comes closest to one mask pixel for one device pixel, or finer. */
function stepFor({ bboxXywh: [, , width, height] }: Annotation, deviceScale: number): number {
  let step = 1;
  while (step * 2 * deviceScale <= 1) step *= 2;
  while ((width * height) / step ** 2 > MAX_OUTLINE_PIXELS) step *= 2;
  return step;
}

function isInView({ bboxXywh: [x, y, width, height] }: Annotation, { viewport, canvasHw }: Scene): boolean {
  const { scale, offsetX, offsetY } = viewport;
  const [left, top] = [x * scale + offsetX, y * scale + offsetY];
  return left < canvasHw[1] && top < canvasHw[0] && left + width * scale > 0 && top + height * scale > 0;
}
