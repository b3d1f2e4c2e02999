export * from "./comments";
export * from "./endpoints";
export { ApiError, isTemporary, NetworkError, sentenceOf } from "./errors";
export { onSessionExpired, type Page } from "./http";
export * from "./journal";
export { jobErrorInWords } from "./refusals";
export type * from "./types";
export * from "./upload";
