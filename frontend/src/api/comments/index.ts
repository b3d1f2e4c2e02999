export type { CommentEntry, Saying } from "./entries";
export type { CommentOutbox } from "./outbox";
export { provisionalId, type ShownComment, type ShownThread, withUnsent } from "./overlay";
