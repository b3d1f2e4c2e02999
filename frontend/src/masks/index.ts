export * from "./binaryMask";
export * from "./compare";
export * from "./counts";
export * from "./logits";
export * from "./rasterise";
export * from "./rle";
export * from "./rleDecoder";
export * from "./rleEncoder";
