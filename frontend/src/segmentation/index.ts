export * from "./create";
export * from "./errors";
export * from "./port";
export { type ForcedRuntime, parseForcedRuntime } from "./runtimeChoice";
