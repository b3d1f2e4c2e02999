export * from "./box";
export * from "./closerLook";
export * from "./modelSpace";
export * from "./points";
export * from "./regions";
export * from "./tiles";
export * from "./viewport";
