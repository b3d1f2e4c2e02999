export type { JournalEntry } from "./entries";
export { AnnotationJournal, type JournalStatus } from "./journal";
export type { Memory } from "./memories";
export { type OpenJournal, openJournal } from "./open";
export { freeBytes, isLow } from "./storageRoom";
export { conflictOf, JournalSync, type SyncConflict, type SyncStatus } from "./sync";
