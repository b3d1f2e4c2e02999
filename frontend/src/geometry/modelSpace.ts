import { type ImagePoint, imagePoint, type ModelPoint, modelPoint, type SizeHw } from "./points";

/** How an image was resized for the encoder. */
export interface ModelResize {
  readonly originalHw: SizeHw;
  readonly inputHw: SizeHw;
}

export function imageToModel(point: ImagePoint, { originalHw, inputHw }: ModelResize): ModelPoint {
  return modelPoint((point.x * inputHw[1]) / originalHw[1], (point.y * inputHw[0]) / originalHw[0]);
}

export function modelToImage(point: ModelPoint, { originalHw, inputHw }: ModelResize): ImagePoint {
  return imagePoint((point.x * originalHw[1]) / inputHw[1], (point.y * originalHw[0]) / inputHw[0]);
}
