import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, expect, it, vi } from "vitest";
import { memoryStore } from "./memoryStore";
import { openReserve, type Reserve, withReserve } from "./reserve";
import { StorageRoom } from "./storageRoom";

const filled = async () => true;
const entry = { annotationId: "a", imageId: 7, content: { kind: "delete" } } as const;
const newEntry = {
  ...entry,
  baseVersion: 1,
  revision: 1,
  unconfirmed: [],
  state: { kind: "waiting" },
  changedAt: 0,
} as const;

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

it("tells when little room is left, before a change cannot be kept", async () => {
  const estimate = { usage: 100e6, quota: 1e9 };
  const room = new StorageRoom(filled, { estimate: async () => ({ ...estimate }) });
  const heard = vi.fn();
  room.subscribe(heard);
  await room.check();
  expect(room.status().isLow).toBe(false);
  estimate.usage = 980e6;
  await room.check();
  expect(room.status()).toEqual({ isLow: true, freeBytes: 20e6 });
  expect(heard).toHaveBeenCalledTimes(2);
});

it("goes by the reserve where the browser does not tell", async () => {
  for (const storage of [undefined, { estimate: async () => ({}) }, { estimate: () => Promise.reject(new Error()) }]) {
    const hasRoom = vi.fn(filled);
    const room = new StorageRoom(hasRoom, storage);
    await room.check();
    expect(room.status().isLow).toBe(false);
    hasRoom.mockResolvedValue(false);
    await room.check();
    expect(room.status().isLow).toBe(true);
  }
});

it("a change that has no room gets the reserve's, and the shortage is told", async () => {
  const reserve: Reserve = { fill: filled, drop: vi.fn(async () => true) };
  const full = memoryStore();
  const add = vi.spyOn(full.entries, "add").mockRejectedValueOnce(new DOMException("", "QuotaExceededError"));
  const onShortage = vi.fn();
  const entryId = await withReserve(full, reserve, onShortage).entries.add(newEntry);
  expect(await full.entries.get(entryId)).toMatchObject(entry);
  expect(add).toHaveBeenCalledTimes(2);
  expect(reserve.drop).toHaveBeenCalledOnce();
  expect(onShortage).toHaveBeenCalledOnce();
});

it("without a reserve the refusal stays one, and other failures are none of its business", async () => {
  const reserve: Reserve = { fill: filled, drop: vi.fn(async () => false) };
  for (const name of ["QuotaExceededError", "AbortError"]) {
    const failing = memoryStore();
    vi.spyOn(failing.entries, "add").mockRejectedValue(new DOMException("", name));
    await expect(withReserve(failing, reserve, () => undefined).entries.add(newEntry)).rejects.toMatchObject({ name });
  }
  expect(reserve.drop).toHaveBeenCalledOnce();
});

it("a reserve is filled once, and can be dropped and filled again", async () => {
  const reserve = await openReserve("journal");
  expect(await reserve.drop()).toBe(false);
  expect(await reserve.fill()).toBe(true);
  expect(await (await openReserve("journal")).drop()).toBe(true);
  expect(await reserve.fill()).toBe(true);
});
