export * from "./actions";
export * from "./annotation";
export * from "./attributes";
export * from "./document";
export * from "./drawingOrder";
export * from "./together";
