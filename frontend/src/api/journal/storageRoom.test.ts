import { expect, it, vi } from "vitest";
import { isLow, StorageRoom } from "./storageRoom";

it("tells when little room is left, before a change cannot be kept", async () => {
  const estimate = { usage: 100e6, quota: 1e9 };
  const room = new StorageRoom({ estimate: async () => ({ ...estimate }) });
  const heard = vi.fn();
  room.subscribe(heard);
  await room.check();
  expect(isLow(room.estimate())).toBe(false);
  estimate.usage = 980e6;
  await room.check();
  expect(isLow(room.estimate())).toBe(true);
  expect(heard).toHaveBeenCalledTimes(2);
});

it("says nothing where the browser does not tell", async () => {
  for (const storage of [undefined, { estimate: async () => ({}) }, { estimate: () => Promise.reject(new Error()) }]) {
    const room = new StorageRoom(storage);
    await room.check();
    expect(isLow(room.estimate())).toBe(false);
  }
});
