import { expect, it, vi } from "vitest";
import { type JournalEntry, newEntry } from "./entries";
import { FakeServer } from "./fakeServer";
import { AnnotationJournal } from "./journal";
import { exclusiveHere } from "./locks";
import { Overflow } from "./overflow";
import { memoryTable } from "./table";

const deletion = { annotationId: "a", imageId: 7, content: { kind: "delete" } } as const;
const entry = newEntry(deletion, 1, 0);
const refusal = () => new DOMException("", "QuotaExceededError");

/** A disk that takes nothing more, until it is told otherwise. */
function fullDisk() {
  const disk = memoryTable<JournalEntry>();
  const refused = [vi.spyOn(disk, "add"), vi.spyOn(disk, "edit")];
  const refuse = (): void => {
    for (const method of refused) method.mockRejectedValue(refusal());
  };
  const takeAgain = (): void => {
    for (const method of refused) method.mockRestore();
  };
  return { disk, refuse, takeAgain };
}

it("a change that the disk refuses is sent all the same, and is told of until then", async () => {
  const { disk, refuse } = fullDisk();
  refuse();
  const server = new FakeServer();
  server.isUp = false;
  const journal = new AnnotationJournal({ store: disk, transport: server.transport, exclusive: exclusiveHere() });
  await journal.record(deletion);
  await vi.waitFor(() => expect(journal.status().obstacle).not.toBeNull());
  expect(journal.status()).toMatchObject({ waiting: 1, storageProblem: "The browser has no room left." });
  server.isUp = true;
  journal.wake();
  await vi.waitFor(() => expect(journal.status()).toMatchObject({ waiting: 0, storageProblem: null }));
  expect(server.received).toEqual(["delete a"]);
  journal.close();
});

it("what is held comes after what was written before, and belongs to its image", async () => {
  const { disk, refuse } = fullDisk();
  const overflow = new Overflow(disk);
  const written = await overflow.add(entry);
  refuse();
  const held = await overflow.add({ ...entry, annotationId: "b" });
  expect((await overflow.all()).map(({ entryId }) => entryId)).toEqual([written, held]);
  expect(await overflow.ofImage(8)).toEqual([]);
  expect(await overflow.ofImage(7)).toHaveLength(2);
});

it("an edit that is refused hides what the disk still holds", async () => {
  const { disk, refuse, takeAgain } = fullDisk();
  const overflow = new Overflow(disk);
  const entryId = await overflow.add(entry);
  refuse();
  await overflow.edit(entryId, (now) => ({ ...now, revision: 2 }));
  expect(await overflow.get(entryId)).toMatchObject({ revision: 2 });
  expect(await disk.get(entryId)).toMatchObject({ revision: 1 });
  takeAgain();
  await overflow.edit(entryId, () => null);
  expect(await overflow.all()).toEqual([]);
  expect(await disk.all()).toEqual([]);
  expect(overflow.problem).toBeNull();
});

it("what the disk will not forget is gone all the same", async () => {
  const { disk, refuse } = fullDisk();
  const overflow = new Overflow(disk);
  const entryId = await overflow.add(entry);
  refuse();
  await overflow.edit(entryId, () => null);
  expect(await overflow.all()).toEqual([]);
  expect(overflow.problem).toBeNull();
});

it("a database that is closed stops nothing: what this page holds is still there", async () => {
  const { disk, refuse } = fullDisk();
  refuse();
  const overflow = new Overflow(disk);
  const entryId = await overflow.add(entry);
  vi.spyOn(disk, "all").mockRejectedValue(new DOMException("", "InvalidStateError"));
  expect((await overflow.all()).map((each) => each.entryId)).toEqual([entryId]);
});
