import { type DBSchema, openDB } from "idb";
import { useMemo } from "react";
import type { Desk, DeskStorage } from "../../editor";
import { useSession, useUser } from "../session/sessionContext";

interface DeskSchema extends DBSchema {
  desks: { key: string; value: Desk };
}

const openDesks = () =>
  openDB<DeskSchema>("maskwright-desks", 1, { upgrade: (database) => void database.createObjectStore("desks") });

/** Settings of tools and copied masks of one project, in this browser: each user of each installation has own ones. */
export function useDesk(projectId: number): DeskStorage {
  const { installation } = useSession();
  const { id } = useUser();
  return useMemo(() => deskStorage(`${installation} ${id} ${projectId}`), [installation, id, projectId]);
}

/** `key` names the desk. Without storage, or without room, things last as long as the page. */
export function deskStorage(key: string): DeskStorage {
  let newest: Desk | null = null;
  let isWriting = false;
  const write = async (): Promise<void> => {
    const database = await openDesks();
    // The wheel changes a brush many times a second: what is overtaken while one is written is not written.
    for (let desk = newest; desk !== null; desk = newest) {
      newest = null;
      await database.put("desks", desk, key);
    }
    database.close();
  };
  return {
    async load() {
      try {
        const database = await openDesks();
        const desk = await database.get("desks", key);
        database.close();
        return desk ?? null;
      } catch {
        return null;
      }
    },
    save(desk) {
      newest = desk;
      if (isWriting) return;
      isWriting = true;
      write()
        .catch(() => undefined)
        .finally(() => {
          isWriting = false;
        });
    },
  };
}
