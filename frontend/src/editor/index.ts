export * from "./command";
export * from "./describe";
export * from "./editor";
export type { PointerEventLike, WheelEventLike } from "./gestures";
export type { LoadPixels } from "./imageOpening";
export type { ChosenShortcuts, Keymap, ShortcutStorage } from "./keymap";
export * from "./ports";
export * from "./shortcuts";
export * from "./snapshot";
