import { beforeEach, expect, it, vi } from "vitest";
import type { Annotation } from "../../document";
import { FakeServer } from "./fakeServer";
import { AnnotationJournal } from "./journal";
import { exclusiveHere } from "./locks";
import { contentOf } from "./overlay";
import { JournalSync, type SyncEvent } from "./sync";
import { memoryTable } from "./table";

const IMAGE = 7;
let server: FakeServer;
let journal: AnnotationJournal;
let sync: JournalSync;
let heard: SyncEvent[];

beforeEach(() => {
  server = new FakeServer();
  journal = new AnnotationJournal({ store: memoryTable(), transport: server.transport, exclusive: exclusiveHere() });
  sync = new JournalSync(journal);
  heard = [];
  sync.subscribe((event) => heard.push(event));
});

const annotation = (id: string, counts: string): Annotation => ({
  id,
  imageId: IMAGE,
  categoryId: 1,
  rle: { size: [4, 4], counts },
  area: 1,
  bboxXywh: [0, 0, 1, 1],
  source: "prompt",
  provenance: {},
  attributes: {},
  locked: false,
  position: id.charCodeAt(0),
});

const change = (id: string, counts: string) => {
  return { annotationId: id, imageId: IMAGE, content: contentOf(annotation(id, counts)) };
};

const open = () => sync.openImage(IMAGE, async () => server.list(IMAGE));
const countsOf = (annotations: readonly Annotation[]) => annotations.map(({ id, rle }) => [id, rle.counts]);
const saved = () => vi.waitFor(() => expect(sync.status().state).toBe("saved"));

it("opens an image as the user left it: unsent changes lie over what the server lists", async () => {
  sync.save(annotation("a", "one"));
  sync.save(annotation("b", "two"));
  sync.save(annotation("c", "three"));
  await saved();
  server.isUp = false;
  sync.save(annotation("a", "changed"));
  sync.remove(annotation("b", "two"));
  sync.save(annotation("d", "new"));
  await journal.whenWritten();
  expect(countsOf(await open())).toEqual([
    ["a", "changed"],
    ["c", "three"],
    ["d", "new"],
  ]);
});

it("asks again when a change was confirmed while the list was on its way", async () => {
  server.isUp = false;
  sync.save(annotation("a", "one"));
  await journal.whenWritten();
  let asked = 0;
  const opened = await sync.openImage(IMAGE, async () => {
    asked += 1;
    const before = server.list(IMAGE);
    if (asked === 1) {
      server.isUp = true;
      journal.wake();
      await saved();
    }
    return before;
  });
  expect(asked).toBe(2);
  expect(countsOf(opened)).toEqual([["a", "one"]]);
});

it("bases the next change on the version that was opened", async () => {
  server.writeAs(change("a", "by another"));
  await open();
  sync.save(annotation("a", "mine"));
  await saved();
  expect(server.rows.get("a")?.version).toBe(2);
});

it("tells both sides of a conflict once, and the editor what the user took", async () => {
  sync.save(annotation("a", "mine"));
  await saved();
  server.writeAs(change("a", "theirs"));
  sync.save(annotation("a", "mine again"));
  await vi.waitFor(() => expect(heard.filter(({ type }) => type === "conflict")).toHaveLength(1));
  const [conflict] = sync.conflictsOf(IMAGE);
  expect(conflict?.mine?.rle.counts).toBe("mine again");
  expect(conflict?.theirs?.rle.counts).toBe("theirs");

  expect(sync.status().state).toBe("failed");
  if (conflict) sync.resolve(conflict, "theirs");
  await saved();
  const remote = heard.find((event) => event.type === "remote");
  expect(remote).toMatchObject({ id: "a", annotation: { rle: { counts: "theirs" } } });
  expect(sync.conflictsOf(IMAGE)).toEqual([]);
  // What the user does next goes on top of what was taken.
  sync.save(annotation("a", "mine, later"));
  await saved();
  expect(sync.conflictsOf(IMAGE)).toEqual([]);
});

it("says offline with the reason while nothing goes through", async () => {
  server.isUp = false;
  sync.save(annotation("a", "one"));
  await vi.waitFor(() => expect(sync.status().state).toBe("offline"));
  expect(sync.status()).toMatchObject({ pending: 1, message: "The server does not answer." });
});
