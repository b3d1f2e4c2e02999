import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { CommentEntry } from "../comments/entries";
import { type JournalEntry, upgraded } from "./entries";
import { memoriesOn } from "./memoryTables";
import { type Table, tableOn } from "./table";

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
  comments: { key: number; value: CommentEntry; indexes: { imageId: number } };
  drafts: { key: number; value: StoredDraft };
  memories: { key: number; value: StoredMemory };
  steps: { key: [number, string]; value: StoredStep; indexes: { imageId: number } };
}

/** All that a page keeps in the browser. */
export interface JournalStore {
  readonly entries: Table<JournalEntry>;
  readonly comments: Table<CommentEntry>;
  saveDraft(draft: StoredDraft): Promise<void>;
  loadDraft(imageId: number): Promise<StoredDraft | null>;
  removeDraft(imageId: number): Promise<void>;
  /** Adds steps, and forgets those that `order` does not name; the images that were left longest ago are forgotten. */
  saveMemory(memory: StoredMemory, added: readonly StoredStep[]): Promise<void>;
  loadMemory(imageId: number): Promise<{ memory: StoredMemory; steps: StoredStep[] } | null>;
}

/** 2: annotations have attributes, a lock and a place; memories. 3: comments. */
const VERSION = 3;
const DRAFT_LIFE_MS = 30 * 24 * 3600 * 1000;

/** `name`: the journal's, see `journalName`. */
export async function openJournalDatabase(name: string): Promise<JournalStore> {
  const database = await openDB<JournalSchema>(name, VERSION, {
    async upgrade(opened, oldVersion, _newVersion, transaction) {
      const createTable = (name: "entries" | "comments"): void => {
        opened.createObjectStore(name, { keyPath: "entryId", autoIncrement: true }).createIndex("imageId", "imageId");
      };
      if (oldVersion < 1) {
        createTable("entries");
        opened.createObjectStore("drafts", { keyPath: "imageId" });
      }
      if (oldVersion < 2) {
        opened.createObjectStore("memories", { keyPath: "imageId" });
        opened.createObjectStore("steps", { keyPath: ["imageId", "id"] }).createIndex("imageId", "imageId");
        for await (const cursor of transaction.objectStore("entries")) await cursor.update(upgraded(cursor.value));
      }
      if (oldVersion < 3) createTable("comments");
    },
    // A newer page in another tab wants to upgrade: let it, this tab reopens when it is reloaded.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
  await removeOldDrafts(database);
  return storeOn(database);
}

function storeOn(database: IDBPDatabase<JournalSchema>): JournalStore {
  // Tables are written for any kind of row.
  const anyRows = database as unknown as IDBPDatabase;
  return {
    entries: tableOn(anyRows, "entries"),
    comments: tableOn(anyRows, "comments"),
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
