export { DEFAULT_COLOR } from "./colours";
export { afterFrame, afterNextFrame } from "./frames";
export * from "./pixels";
export * from "./renderer";
export * from "./scene";
