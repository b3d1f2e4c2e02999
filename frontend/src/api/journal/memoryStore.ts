import type { JournalStore, StoredDraft } from "./database";
import type { JournalEntry } from "./entries";

/** For browsers that refuse IndexedDB (some private windows): changes are still queued and sent, but die with the page. */
export function memoryStore(): JournalStore {
  const entries = new Map<number, JournalEntry>();
  const drafts = new Map<number, StoredDraft>();
  let lastId = 0;
  return {
    async add(entry) {
      lastId += 1;
      entries.set(lastId, { ...entry, entryId: lastId });
      return lastId;
    },
    get: async (entryId) => entries.get(entryId) ?? null,
    all: async () => [...entries.values()],
    ofImage: async (imageId) => [...entries.values()].filter((entry) => entry.imageId === imageId),
    async edit(entryId, edit) {
      const before = entries.get(entryId);
      if (!before) return null;
      const after = edit(before);
      if (after) entries.set(entryId, after);
      else entries.delete(entryId);
      return before;
    },
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
