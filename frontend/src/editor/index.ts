export * from "./command";
export * from "./ports";
export * from "./snapshot";
