export * from "./box";
export * from "./modelSpace";
export * from "./points";
export * from "./regions";
export * from "./tiles";
export * from "./viewport";
