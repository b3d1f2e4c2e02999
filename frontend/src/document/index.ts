export * from "./actions";
export * from "./annotation";
export * from "./attributes";
export * from "./document";
export * from "./drawingOrder";
export * from "./locking";
export * from "./overlap";
export * from "./together";
