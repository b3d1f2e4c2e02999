export * from "./command";
export * from "./describe";
export * from "./editor";
export type { PointerEventLike, WheelEventLike } from "./gestures";
export type { LoadPixels } from "./imageOpening";
export * from "./ports";
export * from "./shortcuts";
export * from "./snapshot";
