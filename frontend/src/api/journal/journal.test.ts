import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { openDB } from "idb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openJournalDatabase } from "./database";
import { DraftKeeper } from "./drafts";
import { type Change, type ChangeContent, newEntry } from "./entries";
import { FakeServer } from "./fakeServer";
import { AnnotationJournal } from "./journal";
import { type Exclusive, exclusiveHere } from "./locks";
import { MemoryKeeper } from "./memories";
import { MAX_MEMORIES } from "./memoryTables";
import { journalName } from "./open";

type PutContent = Extract<ChangeContent, { kind: "put" }>;

const IMAGE = 7;
const JOURNAL = journalName({ installation: "3f0c", userId: 1 });
let server: FakeServer;
let exclusive: Exclusive;
let tabs: AnnotationJournal[];

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  server = new FakeServer();
  exclusive = exclusiveHere();
  tabs = [];
});

afterEach(() => {
  for (const tab of tabs) tab.close();
});

/** A new page in the same browser: the same database and locks, nothing else. */
async function openTab({ send = server.transport, name = JOURNAL } = {}): Promise<AnnotationJournal> {
  const { entries: store } = await openJournalDatabase(name);
  const tab = new AnnotationJournal({ store, transport: send, exclusive, channel: null });
  tabs.push(tab);
  return tab;
}

function mask(annotationId: string, counts: string, category = 1): Change {
  const content = {
    kind: "put",
    category,
    rle: { size: [4, 4], counts },
    source: "prompt",
    provenance: {},
    attributes: {},
    locked: false,
    position: 1,
    area: 1,
    bboxXywh: [0, 0, 1, 1],
  } as const;
  return { annotationId, imageId: IMAGE, content };
}

const deletion = (annotationId: string): Change => ({ annotationId, imageId: IMAGE, content: { kind: "delete" } });

const settled = (tab: AnnotationJournal): Promise<void> => vi.waitFor(() => expect(tab.status().waiting).toBe(0));
const countsAtServer = (id: string): string | undefined => {
  const content = server.rows.get(id)?.entry.content;
  return content?.kind === "put" ? content.rle.counts : content?.kind;
};

describe("a change", () => {
  it("is on the disk before it is sent", async () => {
    const tab = await openTab({
      send: async (entry) => {
        const onDisk = await (await openJournalDatabase(JOURNAL)).entries.all();
        expect(onDisk.map((kept) => kept.annotationId)).toEqual(["a"]);
        return server.transport(entry);
      },
    });
    await tab.record(mask("a", "one"));
    await settled(tab);
    expect(server.received).toEqual(["put a"]);
  });

  it("leaves the journal once the server has it", async () => {
    const tab = await openTab();
    await tab.record(mask("a", "one"));
    await settled(tab);
    expect(await (await openJournalDatabase(JOURNAL)).entries.all()).toEqual([]);
    expect(tab.status()).toEqual({ waiting: 0, undecided: [], obstacle: null, storageProblem: null });
  });

  it("is counted as waiting at once", async () => {
    server.isUp = false;
    const tab = await openTab();
    const written = tab.record(mask("a", "one"));
    expect(tab.status().waiting).toBe(1);
    await written;
    expect(tab.status().waiting).toBe(1);
  });

  it("follows the one before on the version that the server gave", async () => {
    const tab = await openTab();
    await tab.record(mask("a", "one"));
    await settled(tab);
    await tab.record(mask("a", "two"));
    await settled(tab);
    expect(server.rows.get("a")?.version).toBe(2);
    expect(countsAtServer("a")).toBe("two");
  });

  it("made while the one before is on its way is sent afterwards and is no conflict", async () => {
    let open: () => void = () => undefined;
    server.gate = new Promise((resolve) => {
      open = resolve;
    });
    const tab = await openTab();
    await tab.record(mask("a", "one"));
    await vi.waitFor(() => expect(server.received).toHaveLength(1));
    await tab.record(mask("a", "two"));
    await tab.record(mask("a", "three"));
    open();
    await settled(tab);
    expect(server.received).toEqual(["put a", "put a"]);
    expect(countsAtServer("a")).toBe("three");
    expect(tab.status().undecided).toEqual([]);
  });

  it("that is taken back before anything was sent sends nothing", async () => {
    server.isUp = false;
    const tab = await openTab({ send: async () => new Promise(() => undefined) });
    // The first entry occupies the sender, so that the second one stays unsent.
    await tab.record(mask("busy", "one"));
    await tab.record(mask("a", "one"));
    await tab.record(deletion("a"));
    const left = await (await openJournalDatabase(JOURNAL)).entries.all();
    expect(left.map((entry) => entry.annotationId)).toEqual(["busy"]);
  });

  it("brings a deleted annotation back on top of the deletion", async () => {
    const tab = await openTab();
    await tab.record(mask("a", "one"));
    await settled(tab);
    await tab.record(deletion("a"));
    await settled(tab);
    await tab.record(mask("a", "one"));
    await settled(tab);
    expect(server.rows.get("a")?.version).toBe(3);
    expect(tab.status().undecided).toEqual([]);
  });
});

describe("a killed page", () => {
  it("leaves its changes to the next one, which sends each once", async () => {
    server.isUp = false;
    const killed = await openTab();
    await killed.record(mask("a", "one"));
    await killed.record(mask("b", "two"));
    killed.close();
    server.isUp = true;
    const tab = await openTab();
    await tab.start();
    expect([...server.rows.keys()]).toEqual(["a", "b"]);
    expect(server.writes).toBe(2);
    await settled(tab);
  });

  it("that never heard the answer does not make its own mask a conflict", async () => {
    server.losesAnswers = true;
    const killed = await openTab();
    await killed.record(mask("a", "one"));
    await vi.waitFor(() => expect(server.rows.has("a")).toBe(true));
    killed.close();

    const tab = await openTab();
    await tab.adopt(IMAGE);
    server.losesAnswers = false;
    await tab.record(mask("a", "two"));
    await settled(tab);
    expect(tab.status().undecided).toEqual([]);
    expect(countsAtServer("a")).toBe("two");
    expect(server.rows.get("a")?.version).toBe(2);
  });
});

describe("a server that is away", () => {
  it("gets everything, once, as soon as somebody looks at the page again", async () => {
    server.isUp = false;
    const tab = await openTab();
    for (const id of ["a", "b", "c"]) await tab.record(mask(id, id));
    await vi.waitFor(() => expect(tab.status().obstacle).toBe("The server does not answer."));
    expect(tab.status().waiting).toBe(3);
    server.isUp = true;
    tab.wake();
    await settled(tab);
    expect(server.writes).toBe(3);
    expect(tab.status().obstacle).toBeNull();
  });

  it("is tried again without anybody doing anything", async () => {
    server.isUp = false;
    const tab = await openTab();
    await tab.record(mask("a", "one"));
    await vi.waitFor(() => expect(tab.status().obstacle).not.toBeNull());
    server.isUp = true;
    await vi.waitFor(() => expect(server.writes).toBe(1), { timeout: 3000 });
  });

  it("does not hold the others back when it fails on one entry only", async () => {
    const tab = await openTab({
      send: async (entry) =>
        entry.annotationId === "bad" ? { kind: "later", message: "Broken." } : server.transport(entry),
    });
    await tab.record(mask("bad", "one"));
    await tab.record(mask("good", "two"));
    await vi.waitFor(() => expect(server.rows.has("good")).toBe(true));
    expect(tab.status().waiting).toBe(1);
  });
});

describe("somebody else's change", () => {
  async function inConflict(): Promise<AnnotationJournal> {
    const tab = await openTab();
    await tab.record(mask("a", "mine"));
    await settled(tab);
    server.writeAs(mask("a", "theirs"));
    await tab.record(mask("a", "mine again"));
    await vi.waitFor(() => expect(tab.status().undecided).toHaveLength(1));
    return tab;
  }

  it("is not overwritten: both are kept until the user decides", async () => {
    const tab = await inConflict();
    expect(countsAtServer("a")).toBe("theirs");
    const [entry] = tab.status().undecided;
    expect(entry?.content).toMatchObject({ rle: { counts: "mine again" } });
    expect(entry?.state).toMatchObject({ kind: "conflict", theirs: { annotation: { rle: { counts: "theirs" } } } });
  });

  it("gives way when the user keeps the own one", async () => {
    const tab = await inConflict();
    await tab.keepMine(tab.status().undecided[0]?.entryId ?? -1);
    await settled(tab);
    expect(countsAtServer("a")).toBe("mine again");
    expect(tab.status().undecided).toEqual([]);
  });

  it("is a conflict again when it changes once more while the user decides", async () => {
    const tab = await inConflict();
    server.writeAs(mask("a", "theirs, later"));
    await tab.keepMine(tab.status().undecided[0]?.entryId ?? -1);
    await vi.waitFor(() => expect(tab.status().undecided).toHaveLength(1));
    expect(countsAtServer("a")).toBe("theirs, later");
  });

  it("stays when the user gives the own one up, also after a restart", async () => {
    const tab = await inConflict();
    await tab.discard(tab.status().undecided[0]?.entryId ?? -1);
    tab.close();
    await (await openTab()).start();
    expect(countsAtServer("a")).toBe("theirs");
  });

  it("that is the same as the own one is no conflict", async () => {
    const tab = await openTab();
    await tab.record(mask("a", "one"));
    await settled(tab);
    server.writeAs(mask("a", "two"));
    await tab.record(mask("a", "two"));
    await settled(tab);
    expect(tab.status().undecided).toEqual([]);
  });

  it("survives a restart as a conflict", async () => {
    (await inConflict()).close();
    const tab = await openTab();
    await tab.start();
    expect(tab.status().undecided).toHaveLength(1);
  });
});

describe("two tabs", () => {
  it("do not fold their changes of one annotation into each other", async () => {
    const first = await openTab();
    await first.record(mask("a", "start"));
    await settled(first);
    const second = await openTab();
    second.learnVersion("a", 1);

    server.isUp = false;
    await first.record(mask("a", "by the first"));
    await second.record(mask("a", "by the second"));
    server.isUp = true;
    first.wake();
    await vi.waitFor(() => expect(countsAtServer("a")).toBe("by the first"));
    second.wake();
    await vi.waitFor(() => expect(second.status().undecided).toHaveLength(1));
    expect(second.status().undecided[0]?.content).toMatchObject({ rle: { counts: "by the second" } });
  });
});

it("a refused change stays until the user decides, and is not sent again by itself", async () => {
  let attempts = 0;
  const tab = await openTab({
    send: async () => {
      attempts += 1;
      return { kind: "rejected", problem: { code: "invalid_mask", message: "The mask is too small." } };
    },
  });
  await tab.record(mask("a", "one"));
  await vi.waitFor(() => expect(tab.status().undecided).toHaveLength(1));
  await tab.start();
  expect(attempts).toBe(1);
  expect(tab.status().undecided[0]?.state).toMatchObject({ problem: { message: "The mask is too small." } });
});

it("stays in the journal of its user and installation", async () => {
  server.isUp = false;
  const killed = await openTab();
  await killed.record(mask("a", "one"));
  killed.close();
  server.isUp = true;
  for (const owner of [
    { installation: "77aa", userId: 1 },
    { installation: "3f0c", userId: 2 },
  ]) {
    const tab = await openTab({ name: journalName(owner) });
    await tab.start();
    expect(tab.status().waiting).toBe(0);
  }
  expect(server.received).toEqual([]);
  const back = await openTab();
  await back.start();
  await settled(back);
  expect(server.received).toEqual(["put a"]);
});

describe("a draft", () => {
  it("is there after a reload", async () => {
    const tab = await openTab();
    new DraftKeeper(await openJournalDatabase(JOURNAL), () => tab.whenWritten()).save(IMAGE, { points: [1, 2] });
    await vi.waitFor(async () => {
      expect((await (await openJournalDatabase(JOURNAL)).loadDraft(IMAGE))?.draft).toEqual({ points: [1, 2] });
    });
  });

  it("is forgotten only when the mask that it became is on the disk", async () => {
    const tab = await openTab({ send: async () => new Promise(() => undefined) });
    const store = await openJournalDatabase(JOURNAL);
    await store.saveDraft({ imageId: IMAGE, draft: { points: [1] }, savedAt: Date.now() });
    let entriesAtRemoval: number | null = null;
    const removeDraft = store.removeDraft;
    store.removeDraft = async (imageId) => {
      entriesAtRemoval = (await store.entries.all()).length;
      await removeDraft(imageId);
    };
    const drafts = new DraftKeeper(store, () => tab.whenWritten());
    drafts.save(IMAGE, null);
    void tab.record(mask("a", "one"));
    await vi.waitFor(async () => expect(await drafts.load(IMAGE)).toBeNull());
    expect(entriesAtRemoval).toBe(1);
  });
});

it("is saved without the attributes that the server refuses, when the user says so", async () => {
  const problem = { code: "invalid_attributes", message: "Not pose.", attributes: ["pose"] };
  const tab = await openTab({
    send: async (entry) =>
      entry.content.kind === "put" && "pose" in entry.content.attributes
        ? { kind: "rejected", problem }
        : server.transport(entry),
  });
  const change = mask("a", "one");
  await tab.record({
    ...change,
    content: { ...change.content, attributes: { pose: "sits", age: 3 } } as ChangeContent,
  });
  await vi.waitFor(() => expect(tab.status().undecided).toHaveLength(1));
  await tab.keepWithout(tab.status().undecided[0]?.entryId ?? 0, problem.attributes);
  await settled(tab);
  expect(server.list(IMAGE)[0]?.attributes).toEqual({ age: 3 });
});

describe("how an image was left", () => {
  const steps = [{ label: "first" }, { label: "second" }, { label: "third" }];

  it("is there again after the tab was killed", async () => {
    new MemoryKeeper(await openJournalDatabase(JOURNAL)).save(IMAGE, { head: { zoom: 2 }, steps });
    await vi.waitFor(async () => {
      const after = await new MemoryKeeper(await openJournalDatabase(JOURNAL)).load(IMAGE);
      expect(after).toEqual({ head: { zoom: 2 }, steps });
    });
  });

  it("is written step by step: what is on the disk is not written again", async () => {
    const store = await openJournalDatabase(JOURNAL);
    const written: number[] = [];
    const keeper = new MemoryKeeper({
      ...store,
      saveMemory: (memory, added) => {
        written.push(added.length);
        return store.saveMemory(memory, added);
      },
    });
    for (const count of [1, 3, 2]) {
      keeper.save(IMAGE, { head: null, steps: steps.slice(0, count) });
      await vi.waitFor(async () => expect((await store.loadMemory(IMAGE))?.memory.order).toHaveLength(count));
    }
    expect(written).toEqual([1, 2, 0]);
    expect((await store.loadMemory(IMAGE))?.steps).toHaveLength(2);
  });

  it("is kept for the images that were left last", async () => {
    const store = await openJournalDatabase(JOURNAL);
    for (let imageId = 1; imageId <= MAX_MEMORIES + 2; imageId++) {
      const step = { imageId, id: "a", step: {} };
      await store.saveMemory({ imageId, head: null, order: ["a"], savedAt: imageId }, [step]);
    }
    expect(await store.loadMemory(2)).toBeNull();
    expect((await store.loadMemory(3))?.steps).toHaveLength(1);
  });
});

it("takes over what a page before attributes, locks and places has left", async () => {
  const older = await openDB(JOURNAL, 1, {
    upgrade(created) {
      created
        .createObjectStore("entries", { keyPath: "entryId", autoIncrement: true })
        .createIndex("imageId", "imageId");
      created.createObjectStore("drafts", { keyPath: "imageId" });
    },
  });
  const { attributes: _1, locked: _2, position: _3, ...content } = { ...mask("a", "one").content } as PutContent;
  await older.add("entries", { ...newEntry({ ...mask("a", "one"), content: content as PutContent }, null, 0) });
  older.close();
  const [entry] = await (await openJournalDatabase(JOURNAL)).entries.all();
  expect(entry?.content).toMatchObject({ category: 1, attributes: {}, locked: false, position: null });
});

it("takes over what a page before comments has left", async () => {
  const before = await openDB(JOURNAL, 2, {
    upgrade(database) {
      const entries = database.createObjectStore("entries", { keyPath: "entryId", autoIncrement: true });
      entries.createIndex("imageId", "imageId");
      for (const name of ["drafts", "memories"]) database.createObjectStore(name, { keyPath: "imageId" });
      database.createObjectStore("steps", { keyPath: ["imageId", "id"] }).createIndex("imageId", "imageId");
    },
  });
  await before.add("entries", newEntry(mask("a", "one"), null, 0));
  before.close();
  const { entries, comments } = await openJournalDatabase(JOURNAL);
  expect(await entries.all()).toMatchObject([mask("a", "one")]);
  expect(await comments.all()).toEqual([]);
});
