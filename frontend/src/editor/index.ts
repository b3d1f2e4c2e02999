export * from "./command";
export * from "./describe";
export * from "./editor";
export * from "./imageOpening";
export * from "./ports";
export * from "./shortcuts";
export * from "./snapshot";
