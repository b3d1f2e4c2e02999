export * from "./candidates";
export * from "./history";
export * from "./prompt";
export * from "./session";
