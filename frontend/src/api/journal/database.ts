import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { JournalEntry, NewEntry } from "./entries";

/** A prompt that was not accepted yet, in whatever form the editor keeps it. Must survive structured cloning. */
export interface StoredDraft {
  readonly imageId: number;
  readonly draft: unknown;
  readonly savedAt: number;
}

interface JournalSchema extends DBSchema {
  entries: { key: number; value: JournalEntry; indexes: { imageId: number } };
  drafts: { key: number; value: StoredDraft };
}

/** What the journal needs of a store: every method is one transaction, durable when its promise resolves. */
export interface JournalStore {
  add(entry: NewEntry): Promise<number>;
  get(entryId: number): Promise<JournalEntry | null>;
  /** In the order of their ids. */
  all(): Promise<JournalEntry[]>;
  ofImage(imageId: number): Promise<JournalEntry[]>;
  /** Reads, edits and writes without anybody in between; the edit returns null to remove the entry. -> the entry before. */
  edit(entryId: number, edit: (entry: JournalEntry) => JournalEntry | null): Promise<JournalEntry | null>;
  saveDraft(draft: StoredDraft): Promise<void>;
  loadDraft(imageId: number): Promise<StoredDraft | null>;
  removeDraft(imageId: number): Promise<void>;
}

const VERSION = 1;
const DRAFT_LIFE_MS = 30 * 24 * 3600 * 1000;

/** `name`: the journal's, see `journalName`. */
export async function openJournalDatabase(name: string): Promise<JournalStore> {
  const database = await openDB<JournalSchema>(name, VERSION, {
    upgrade(created) {
      created
        .createObjectStore("entries", { keyPath: "entryId", autoIncrement: true })
        .createIndex("imageId", "imageId");
      created.createObjectStore("drafts", { keyPath: "imageId" });
    },
    // A newer page in another tab wants to upgrade: let it, this tab reopens when it is reloaded.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
  await removeOldDrafts(database);
  return storeOn(database);
}

function storeOn(database: IDBPDatabase<JournalSchema>): JournalStore {
  return {
    async add(entry) {
      // "strict": on the disk before the promise resolves, so that a crash right afterwards loses nothing.
      const transaction = database.transaction("entries", "readwrite", { durability: "strict" });
      // The key is generated, so the value has none yet.
      const key = await transaction.store.add(entry as JournalEntry);
      await transaction.done;
      return key;
    },
    async get(entryId) {
      return (await database.get("entries", entryId)) ?? null;
    },
    all: () => database.getAll("entries"),
    ofImage: (imageId) => database.getAllFromIndex("entries", "imageId", imageId),
    async edit(entryId, edit) {
      const transaction = database.transaction("entries", "readwrite", { durability: "strict" });
      const before = (await transaction.store.get(entryId)) ?? null;
      if (before) {
        const after = edit(before);
        await (after ? transaction.store.put(after) : transaction.store.delete(entryId));
      }
      await transaction.done;
      return before;
    },
    async saveDraft(draft) {
      await database.put("drafts", draft);
    },
    async loadDraft(imageId) {
      return (await database.get("drafts", imageId)) ?? null;
    },
    async removeDraft(imageId) {
      await database.delete("drafts", imageId);
    },
  };
}

async function removeOldDrafts(database: IDBPDatabase<JournalSchema>): Promise<void> {
  const transaction = database.transaction("drafts", "readwrite");
  for await (const cursor of transaction.store) {
    if (cursor.value.savedAt < Date.now() - DRAFT_LIFE_MS) await cursor.delete();
  }
  await transaction.done;
}
