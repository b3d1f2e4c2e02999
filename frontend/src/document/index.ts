export * from "./actions";
export * from "./annotation";
export * from "./document";
