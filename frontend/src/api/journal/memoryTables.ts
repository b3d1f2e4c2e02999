import type { IDBPDatabase } from "idb";
import type { JournalSchema, JournalStore } from "./database";

/** Images whose steps are kept. */
export const MAX_MEMORIES = 10;

/** The part of the store that holds how images were left. */
export function memoriesOn(database: IDBPDatabase<JournalSchema>): Pick<JournalStore, "saveMemory" | "loadMemory"> {
  return {
    async saveMemory(memory, added) {
      const transaction = database.transaction(["memories", "steps"], "readwrite");
      const [memories, steps] = [transaction.objectStore("memories"), transaction.objectStore("steps")];
      const forgetSteps = async (imageId: number, kept: ReadonlySet<string>): Promise<void> => {
        const keys = await steps.index("imageId").getAllKeys(imageId);
        await Promise.all(keys.filter(([, id]) => !kept.has(id)).map((key) => steps.delete(key)));
      };
      const isNew = (await memories.getKey(memory.imageId)) === undefined;
      await Promise.all([memories.put(memory), ...added.map((step) => steps.put(step))]);
      await forgetSteps(memory.imageId, new Set(memory.order));
      if (isNew) {
        const all = (await memories.getAll()).sort((a, b) => b.savedAt - a.savedAt);
        for (const { imageId } of all.slice(MAX_MEMORIES)) {
          await memories.delete(imageId);
          await forgetSteps(imageId, new Set());
        }
      }
      await transaction.done;
    },
    async loadMemory(imageId) {
      const transaction = database.transaction(["memories", "steps"]);
      const memory = await transaction.objectStore("memories").get(imageId);
      if (!memory) return null;
      return { memory, steps: await transaction.objectStore("steps").index("imageId").getAll(imageId) };
    },
  };
}
