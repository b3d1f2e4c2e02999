export { DEFAULT_COLOR } from "./colours";
export * from "./pixels";
export * from "./renderer";
export * from "./scene";
