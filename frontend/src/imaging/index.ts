export * from "./colourRegion";
export * from "./edgeMap";
export * from "./fineLine";
export * from "./lab";
export * from "./liveWire";
export * from "./rgba";
