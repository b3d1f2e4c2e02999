/**
 * Points are branded by the space they live in, so that spaces cannot be mixed up.
 *
 * - image: continuous pixels of the image as shown; pixel (column i, row j) covers [i, i+1) x [j, j+1)
 * - screen: CSS pixels from the top left corner of the canvas
 * - model: pixels of the resized image that the encoder saw
 */
declare const space: unique symbol;

interface Point<Space extends string> {
  readonly x: number;
  readonly y: number;
  readonly [space]: Space;
}

export type ImagePoint = Point<"image">;
export type ScreenPoint = Point<"screen">;
export type ModelPoint = Point<"model">;

export const imagePoint = (x: number, y: number): ImagePoint => ({ x, y }) as ImagePoint;
export const screenPoint = (x: number, y: number): ScreenPoint => ({ x, y }) as ScreenPoint;
export const modelPoint = (x: number, y: number): ModelPoint => ({ x, y }) as ModelPoint;

/** Height and width, in this order, as everywhere in the file formats. */
export type SizeHw = readonly [height: number, width: number];

/** Between two points of one space. */
export function distance<Space extends string>(a: Point<Space>, b: Point<Space>): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

export function isInsideImage(point: ImagePoint, [height, width]: SizeHw): boolean {
  return point.x >= 0 && point.y >= 0 && point.x < width && point.y < height;
}

/** The nearest point of the image. The far edges belong to it: a box may end exactly there. */
export function clampToImage(point: ImagePoint, [height, width]: SizeHw): ImagePoint {
  return imagePoint(Math.min(Math.max(point.x, 0), width), Math.min(Math.max(point.y, 0), height));
}
