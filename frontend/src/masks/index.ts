export * from "./counts";
export * from "./logits";
export * from "./rle";
