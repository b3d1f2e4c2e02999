import { type ImagePoint, imagePoint } from "./points";

/** A box in image points; x0 <= x1 and y0 <= y1. The order of the fields is that of `box_xyxy`. */
export interface ImageBox {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

export function boxFromCorners(a: ImagePoint, b: ImagePoint): ImageBox {
  return { x0: Math.min(a.x, b.x), y0: Math.min(a.y, b.y), x1: Math.max(a.x, b.x), y1: Math.max(a.y, b.y) };
}

export const boxWidth = (box: ImageBox): number => box.x1 - box.x0;
export const boxHeight = (box: ImageBox): number => box.y1 - box.y0;

/** The corners that a prompt encoder takes: top left, bottom right. */
export function boxCorners(box: ImageBox): readonly [ImagePoint, ImagePoint] {
  return [imagePoint(box.x0, box.y0), imagePoint(box.x1, box.y1)];
}

/** The smallest box that holds both. */
export const boxAround = (a: ImageBox, b: ImageBox): ImageBox => ({
  x0: Math.min(a.x0, b.x0),
  y0: Math.min(a.y0, b.y0),
  x1: Math.max(a.x1, b.x1),
  y1: Math.max(a.y1, b.y1),
});

export const containsPoint = (box: ImageBox, { x, y }: ImagePoint): boolean =>
  x >= box.x0 && x < box.x1 && y >= box.y0 && y < box.y1;
