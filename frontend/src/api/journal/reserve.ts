import { openDB } from "idb";
import type { JournalStore } from "./database";
import type { Row, Table } from "./table";

/** Some hundred masks fit into it. */
const RESERVE_BYTES = 8_000_000;
const CHUNK_BYTES = 65_536; // what `getRandomValues` gives at once

/**
 * Room that is kept for changes when the browser's is used up. Browsers do not say how much they really have (Chromium
 * names 10 GB whatever the disk has, so that nobody is recognised by it), so some is taken beforehand.
 */
export interface Reserve {
  /** -> false when there is no room for it. */
  fill(): Promise<boolean>;
  /** -> whether there was one. */
  drop(): Promise<boolean>;
}

/** Where nothing can be kept, nothing can be kept free. */
export const NO_RESERVE: Reserve = { fill: async () => true, drop: async () => false };

/** `name`: the journal's, see `journalName`. */
export async function openReserve(name: string): Promise<Reserve> {
  const database = await openDB(`${name}-reserve`, 1, {
    upgrade: (created) => void created.createObjectStore("reserve"),
  });
  return {
    async fill() {
      if ((await database.count("reserve")) > 0) return true;
      try {
        await database.put("reserve", incompressible(RESERVE_BYTES), 0);
        return true;
      } catch {
        return false;
      }
    },
    async drop() {
      const wasThere = (await database.count("reserve")) > 0;
      await database.clear("reserve");
      return wasThere;
    },
  };
}

/** The store, which gives the reserve up for a change that has no room without it. `onShortage` is called then. */
export function withReserve(store: JournalStore, reserve: Reserve, onShortage: () => void): JournalStore {
  const keep = async <T>(write: () => Promise<T>): Promise<T> => {
    try {
      return await write();
    } catch (error) {
      if (!isQuotaExceeded(error)) throw error;
      onShortage();
      if (!(await reserve.drop())) throw error;
      return await write();
    }
  };
  const kept = <R extends Row>(table: Table<R>): Table<R> => ({
    ...table,
    add: (row) => keep(() => table.add(row)),
    edit: (entryId, edit) => keep(() => table.edit(entryId, edit)),
  });
  return { ...store, entries: kept(store.entries), comments: kept(store.comments) };
}

function isQuotaExceeded(error: unknown): boolean {
  return error instanceof DOMException && error.name === "QuotaExceededError";
}

/** Zeros would be stored as next to nothing. */
function incompressible(bytes: number): Uint8Array {
  const data = new Uint8Array(bytes);
  for (let at = 0; at < bytes; at += CHUNK_BYTES) crypto.getRandomValues(data.subarray(at, at + CHUNK_BYTES));
  return data;
}
