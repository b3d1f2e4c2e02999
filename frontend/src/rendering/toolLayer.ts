import { type ImagePoint, imageToScreen, type Viewport } from "../geometry";
import type { StrokePoint } from "../masks";
import type { OutlineDraft, Paint, RegionDraft } from "../session";
import { parseColor } from "./colours";
import { boundsOf, tintMask } from "./maskPixels";
import { drawPoint } from "./promptLayer";
import type { Scene } from "./scene";
import { StrokePath } from "./strokePath";
import { type Context2d, chooseSmoothing, enterImageSpace, enterScreenSpace, strokeDouble, toBitmap } from "./surface";

const PAINT_ALPHA = 0.55;
/** What is erased looks bleached on every image and under every category's colour. */
const ERASE_COLOR = "#ffffff";
/** The ring of a smaller brush would not be seen. */
const MIN_RING_PX = 3;
const HANDLE_PX = 3;
const ACTIVE_HANDLE_PX = 5;
const ACTIVE_HANDLE_COLOR = "#2f5fe0";
const SCRIBBLE_PX = 3;

/** What the gesture under way has drawn: strokes, lines, regions, handles, and the brush's ring at the pointer. */
export class ToolLayer {
  private readonly strokes = new StrokePath();

  draw(context: Context2d, scene: Scene, pixelRatio: number): void {
    const { draft, viewport } = scene;
    if (!draft) return;
    enterScreenSpace(context, pixelRatio);
    switch (draft.kind) {
      case "stroke":
        this.drawStroke(context, draft.points, colorOf(scene, draft.paint), viewport, pixelRatio);
        drawRing(context, draft.points.at(-1), viewport, pixelRatio);
        break;
      case "cursor":
        drawRing(context, draft.at, viewport, pixelRatio);
        break;
      case "outline":
        drawOutline(context, draft, scene);
        break;
      case "region":
        drawRegion(context, draft, scene, pixelRatio);
        break;
      case "scribble":
        strokeDouble(context, lineOnScreen(draft.points, viewport, false), 1, SCRIBBLE_PX);
        break;
      case "point":
        drawPoint(context, draft, viewport);
        break;
      case "box":
        // The live layer draws it, in place of the prompt's box.
        break;
      default:
        draft satisfies never;
    }
  }

  private drawStroke(
    context: Context2d,
    points: readonly StrokePoint[],
    color: string,
    viewport: Viewport,
    pixelRatio: number,
  ): void {
    enterImageSpace(context, viewport, pixelRatio);
    context.globalAlpha = PAINT_ALPHA;
    context.fillStyle = color;
    context.fill(this.strokes.pathOf(points));
    context.globalAlpha = 1;
  }
}

function colorOf({ draftColor }: Scene, paint: Paint): string {
  return paint === "add" ? draftColor : ERASE_COLOR;
}

function drawRing(context: Context2d, at: StrokePoint | undefined, viewport: Viewport, pixelRatio: number): void {
  if (!at) return;
  enterImageSpace(context, viewport, pixelRatio);
  const ring = new Path2D();
  ring.arc(at.x, at.y, Math.max(at.radius, MIN_RING_PX / viewport.scale), 0, 2 * Math.PI);
  strokeDouble(context, ring, 1 / viewport.scale, 1);
}

function drawOutline(context: Context2d, draft: OutlineDraft, scene: Scene): void {
  const { rings, isClosed, handles = rings.flat(), activeHandle, paint } = draft;
  const { viewport } = scene;
  const path = new Path2D();
  for (const ring of rings) path.addPath(lineOnScreen(ring, viewport, isClosed));
  if (isClosed && paint) {
    context.globalAlpha = PAINT_ALPHA / 2;
    context.fillStyle = colorOf(scene, paint);
    context.fill(path, "evenodd");
    context.globalAlpha = 1;
  }
  strokeDouble(context, path, 1, 1.5);
  drawHandles(
    context,
    handles.filter((handle) => handle !== activeHandle),
    scene,
  );
  if (activeHandle) drawHandles(context, [activeHandle], scene, true);
}

/** In one path: a mask may have hundreds. Those outside of the canvas are left out. */
function drawHandles(
  context: Context2d,
  points: readonly ImagePoint[],
  { viewport, canvasHw }: Scene,
  isActive = false,
): void {
  const half = isActive ? ACTIVE_HANDLE_PX : HANDLE_PX;
  const squares = new Path2D();
  for (const point of points) {
    const { x, y } = imageToScreen(point, viewport);
    const isSeen = x > -half && y > -half && x < canvasHw[1] + half && y < canvasHw[0] + half;
    if (isSeen) squares.rect(x - half, y - half, 2 * half, 2 * half);
  }
  strokeDouble(context, squares, 1, 1.5);
  context.fillStyle = isActive ? ACTIVE_HANDLE_COLOR : "#ffffff";
  context.fill(squares);
}

function drawRegion(context: Context2d, draft: RegionDraft, scene: Scene, pixelRatio: number): void {
  const { mask, left, top, step, paint } = draft;
  const bounds = boundsOf(mask);
  if (!bounds) return;
  const alpha = Math.round(PAINT_ALPHA * 255);
  const pixels = tintMask(mask, bounds, { color: parseColor(colorOf(scene, paint)), fillAlpha: alpha, edgeAlpha: 255 });
  const [width, height] = [bounds.right - bounds.left, bounds.bottom - bounds.top];
  enterImageSpace(context, scene.viewport, pixelRatio);
  const [across, down] = step;
  chooseSmoothing(context, scene.viewport.scale * pixelRatio * across);
  const [x, y] = [left + bounds.left * across, top + bounds.top * down];
  context.drawImage(toBitmap(pixels, [height, width]), x, y, width * across, height * down);
}

function lineOnScreen(points: readonly ImagePoint[], viewport: Viewport, isClosed: boolean): Path2D {
  const path = new Path2D();
  points.forEach((point, index) => {
    const { x, y } = imageToScreen(point, viewport);
    if (index === 0) path.moveTo(x, y);
    else path.lineTo(x, y);
  });
  if (isClosed) path.closePath();
  return path;
}
