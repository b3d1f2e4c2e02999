export { DEFAULT_COLOR } from "./colours";
export { afterFrame, afterNextFrame } from "./frames";
export { ImageCache } from "./image/imageCache";
export type { ImagePixels } from "./image/imagePixels";
export { type ImageFiles, loadImage } from "./image/loadImage";
export * from "./renderer";
export * from "./scene";
