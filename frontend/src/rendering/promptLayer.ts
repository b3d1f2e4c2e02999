import { type ImageBox, imagePoint, imageToScreen, type Viewport } from "../geometry";
import type { PromptPoint } from "../session";
import type { Scene } from "./scene";
import { type Context2d, enterScreenSpace, strokeDouble } from "./surface";

const POINT_RADIUS_PX = 7;
const SIGN_PX = 3.5;
const COLOR_OF_LABEL = { 1: "#16a34a", 0: "#dc2626" } as const;

/** The points and the box of the prompt, at the same size at every zoom. */
export function drawPrompt(
  context: Context2d,
  { box, queuedBoxes, points, viewport }: Scene,
  pixelRatio: number,
): void {
  enterScreenSpace(context, pixelRatio);
  for (const each of queuedBoxes) drawBox(context, each, viewport);
  if (box) drawBox(context, box, viewport);
  for (const point of points) drawPoint(context, point, viewport);
}

function drawBox(context: Context2d, box: ImageBox, viewport: Viewport): void {
  const corner = imageToScreen(imagePoint(box.x0, box.y0), viewport);
  const opposite = imageToScreen(imagePoint(box.x1, box.y1), viewport);
  const path = new Path2D();
  path.rect(corner.x, corner.y, opposite.x - corner.x, opposite.y - corner.y);
  context.setLineDash([]);
  strokeDouble(context, path, 1, 1.5);
}

/** Plus and minus say the label to those who do not tell red from green. */
export function drawPoint(context: Context2d, { point, label }: PromptPoint, viewport: Viewport): void {
  const { x, y } = imageToScreen(point, viewport);
  const disc = new Path2D();
  disc.arc(x, y, POINT_RADIUS_PX, 0, 2 * Math.PI);
  strokeDouble(context, disc, 1, 2);
  context.fillStyle = COLOR_OF_LABEL[label];
  context.fill(disc);
  const sign = new Path2D();
  sign.moveTo(x - SIGN_PX, y);
  sign.lineTo(x + SIGN_PX, y);
  if (label === 1) {
    sign.moveTo(x, y - SIGN_PX);
    sign.lineTo(x, y + SIGN_PX);
  }
  context.strokeStyle = "#ffffff";
  context.lineWidth = 2;
  context.stroke(sign);
}
