import type { JournalStore, StoredDraft } from "./database";
import { memoryTable } from "./table";

/** For browsers that refuse IndexedDB (some private windows): changes are still queued and sent, but die with the page. */
export function memoryStore(): JournalStore {
  const drafts = new Map<number, StoredDraft>();
  return {
    entries: memoryTable(),
    comments: memoryTable(),
    async saveDraft(draft) {
      drafts.set(draft.imageId, draft);
    },
    loadDraft: async (imageId) => drafts.get(imageId) ?? null,
    async removeDraft(imageId) {
      drafts.delete(imageId);
    },
    // Nothing outlives this page, so there is nothing to come back to.
    saveMemory: async () => undefined,
    loadMemory: async () => null,
  };
}
