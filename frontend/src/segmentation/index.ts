export * from "./create";
export * from "./errors";
export type { ImageRegion } from "./imageParts";
export * from "./port";
export { RegionalSegmentation } from "./regional";
export { type ForcedRuntime, parseForcedRuntime } from "./runtimeChoice";
