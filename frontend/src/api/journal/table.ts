import type { IDBPDatabase } from "idb";

/** What waits in this browser for the server. `entryId` is given by the table and grows: the order of sending. */
export interface Row {
  readonly entryId: number;
  readonly imageId: number;
}

export type New<R extends Row> = Omit<R, "entryId">;

/** Rows that wait: every method is one transaction, durable when its promise resolves. */
export interface Table<R extends Row> {
  add(row: New<R>): Promise<number>;
  get(entryId: number): Promise<R | null>;
  /** In the order of their ids. */
  all(): Promise<R[]>;
  ofImage(imageId: number): Promise<R[]>;
  /** Reads, edits and writes without anybody in between; the edit returns null to remove the row. -> the row before. */
  edit(entryId: number, edit: (row: R) => R | null): Promise<R | null>;
}

/** `name`: a store of the database, with an index "imageId", that holds nothing but such rows. */
export function tableOn<R extends Row>(database: IDBPDatabase, name: string): Table<R> {
  // "strict": on the disk before the promise resolves, so that a crash right afterwards loses nothing.
  const writing = () => database.transaction(name, "readwrite", { durability: "strict" });
  return {
    async add(row) {
      const transaction = writing();
      // The key is generated, so the value has none yet.
      const key = await transaction.store.add(row);
      await transaction.done;
      return key as number;
    },
    async get(entryId) {
      return (await database.get(name, entryId)) ?? null;
    },
    all: () => database.getAll(name),
    ofImage: (imageId) => database.getAllFromIndex(name, "imageId", imageId),
    async edit(entryId, edit) {
      const transaction = writing();
      const before: R | null = (await transaction.store.get(entryId)) ?? null;
      if (before) {
        const after = edit(before);
        await (after ? transaction.store.put(after) : transaction.store.delete(entryId));
      }
      await transaction.done;
      return before;
    },
  };
}

/** For browsers that keep nothing. */
export function memoryTable<R extends Row>(): Table<R> {
  const rows = new Map<number, R>();
  let lastId = 0;
  return {
    async add(row) {
      lastId += 1;
      rows.set(lastId, { ...row, entryId: lastId } as R);
      return lastId;
    },
    get: async (entryId) => rows.get(entryId) ?? null,
    all: async () => [...rows.values()],
    ofImage: async (imageId) => [...rows.values()].filter((row) => row.imageId === imageId),
    async edit(entryId, edit) {
      const before = rows.get(entryId);
      if (!before) return null;
      const after = edit(before);
      if (after) rows.set(entryId, after);
      else rows.delete(entryId);
      return before;
    },
  };
}
