export * from "./create";
export * from "./errors";
export * from "./port";
export { type ImageRegion, RegionalSegmentation } from "./regional";
export { type ForcedRuntime, parseForcedRuntime } from "./runtimeChoice";
