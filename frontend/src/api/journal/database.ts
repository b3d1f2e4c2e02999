import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { type JournalEntry, type NewEntry, upgraded } from "./entries";
import { memoriesOn } from "./memoryTables";

/** A prompt that was not accepted yet, in whatever form the editor keeps it. Must survive structured cloning. */
export interface StoredDraft {
  readonly imageId: number;
  readonly draft: unknown;
  readonly savedAt: number;
}

/** How an image was left. `order` names its steps. */
export interface StoredMemory {
  readonly imageId: number;
  readonly head: unknown;
  readonly order: readonly string[];
  readonly savedAt: number;
}

export interface StoredStep {
  readonly imageId: number;
  readonly id: string;
  readonly step: object;
}

export interface JournalSchema extends DBSchema {
  entries: { key: number; value: JournalEntry; indexes: { imageId: number } };
  drafts: { key: number; value: StoredDraft };
  memories: { key: number; value: StoredMemory };
  steps: { key: [number, string]; value: StoredStep; indexes: { imageId: number } };
}

/** Where changes are kept: every method is one transaction, durable when its promise resolves. */
export interface EntryStore {
  add(entry: NewEntry): Promise<number>;
  get(entryId: number): Promise<JournalEntry | null>;
  /** In the order of their ids. */
  all(): Promise<JournalEntry[]>;
  ofImage(imageId: number): Promise<JournalEntry[]>;
  /** Reads, edits and writes without anybody in between; the edit returns null to remove the entry. -> the entry before. */
  edit(entryId: number, edit: (entry: JournalEntry) => JournalEntry | null): Promise<JournalEntry | null>;
}

/** All that a page keeps in the browser. */
export interface JournalStore extends EntryStore {
  saveDraft(draft: StoredDraft): Promise<void>;
  loadDraft(imageId: number): Promise<StoredDraft | null>;
  removeDraft(imageId: number): Promise<void>;
  /** Adds steps, and forgets those that `order` does not name; the images that were left longest ago are forgotten. */
  saveMemory(memory: StoredMemory, added: readonly StoredStep[]): Promise<void>;
  loadMemory(imageId: number): Promise<{ memory: StoredMemory; steps: StoredStep[] } | null>;
}

/** 2: annotations have attributes, a lock and a place; memories. */
const VERSION = 2;
const DRAFT_LIFE_MS = 30 * 24 * 3600 * 1000;

/** `name`: the journal's, see `journalName`. */
export async function openJournalDatabase(name: string): Promise<JournalStore> {
  const database = await openDB<JournalSchema>(name, VERSION, {
    async upgrade(opened, oldVersion, _newVersion, transaction) {
      if (oldVersion < 1) {
        opened
          .createObjectStore("entries", { keyPath: "entryId", autoIncrement: true })
          .createIndex("imageId", "imageId");
        opened.createObjectStore("drafts", { keyPath: "imageId" });
      }
      opened.createObjectStore("memories", { keyPath: "imageId" });
      opened.createObjectStore("steps", { keyPath: ["imageId", "id"] }).createIndex("imageId", "imageId");
      for await (const cursor of transaction.objectStore("entries")) await cursor.update(upgraded(cursor.value));
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
    ...memoriesOn(database),
  };
}

async function removeOldDrafts(database: IDBPDatabase<JournalSchema>): Promise<void> {
  const transaction = database.transaction("drafts", "readwrite");
  for await (const cursor of transaction.store) {
    if (cursor.value.savedAt < Date.now() - DRAFT_LIFE_MS) await cursor.delete();
  }
  await transaction.done;
}
