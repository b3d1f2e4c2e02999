export type { JournalEntry } from "./entries";
export { AnnotationJournal, type JournalStatus } from "./journal";
export type { Memory } from "./memories";
export { type OpenJournal, openJournal } from "./open";
export { conflictOf, JournalSync, type SyncConflict, type SyncStatus } from "./sync";
