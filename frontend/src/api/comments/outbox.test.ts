import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { exclusiveHere } from "../journal/locks";
import { memoryTable, type Table } from "../journal/table";
import type { ThreadDto } from "../types";
import type { CommentEntry, Saying } from "./entries";
import { CommentOutbox } from "./outbox";
import { withUnsent } from "./overlay";
import type { SayTransport } from "./transport";

const IMAGE = 7;
const begun = { kind: "start", key: "k1", x: 1, y: 2, text: "One or two?" } as const satisfies Saying;
const reply = (thread: number | string) =>
  ({ kind: "reply", key: "k2", thread, x: 1, y: 2, text: "Two." }) as const satisfies Saying;

/** Keeps the rules of threads (ARCHITECTURE.md 3.8) in memory. */
class FakeThreads {
  readonly threads: ThreadDto[] = [];
  readonly received: string[] = [];
  isUp = true;
  losesAnswers = false;
  refusal: string | null = null;

  readonly transport: SayTransport = async (entry) => {
    if (!this.isUp) return { kind: "unreachable", message: "The server does not answer." };
    if (this.refusal !== null) return { kind: "rejected", problem: this.refusal };
    const { saying } = entry;
    this.received.push(saying.kind);
    const thread = this.act(entry);
    if (this.losesAnswers) return { kind: "unreachable", message: "The connection broke." };
    return thread ? { kind: "said", thread } : { kind: "gone" };
  };

  private act({ saying, author }: CommentEntry): ThreadDto | null {
    const place = saying.kind === "start" ? this.begin(saying) : this.threads.find(({ id }) => id === threadOf(saying));
    if (!place) return null;
    if (saying.kind === "resolve") place.comments = [...place.comments];
    else if (saying.kind !== "delete" && !place.comments.some(({ key }) => key === saying.key)) {
      const { key, text } = saying;
      place.comments = [...place.comments, { id: place.comments.length + 1, author, key, text, created_at: "" }];
    }
    return place;
  }

  private begin({ key, x, y }: Extract<Saying, { kind: "start" }>): ThreadDto {
    const known = this.threads.find(({ comments }) => comments[0]?.key === key);
    if (known) return known;
    const id = this.threads.length + 40;
    const thread = { id, image: IMAGE, x, y, resolved: false, resolved_by: null, comments: [], created_at: "" };
    this.threads.push(thread);
    return thread;
  }
}

const threadOf = (saying: Saying) => ("thread" in saying ? saying.thread : null);

let server: FakeThreads;
let disk: Table<CommentEntry>;
let pages: CommentOutbox[];

beforeEach(() => {
  server = new FakeThreads();
  disk = memoryTable();
  pages = [];
});

afterEach(() => {
  for (const page of pages) page.close();
});

/** A page in the same browser. */
function openPage(): CommentOutbox {
  const page = new CommentOutbox({ store: disk, transport: server.transport, exclusive: exclusiveHere() });
  pages.push(page);
  return page;
}

const isEmpty = (page: CommentOutbox) => vi.waitFor(() => expect(page.status().entries).toEqual([]));
const saidAtServer = () => server.threads.map(({ comments }) => comments.map(({ text }) => text));

it("a whole conversation of an hour offline is sent by the next page, in its order", async () => {
  server.isUp = false;
  const killed = openPage();
  await killed.say(IMAGE, "anna", begun);
  await killed.say(IMAGE, "anna", reply(begun.key));
  killed.close();
  server.isUp = true;
  const next = openPage();
  await next.start();
  await isEmpty(next);
  expect(saidAtServer()).toEqual([["One or two?", "Two."]]);
});

it("what is unsent is shown at once, and once", async () => {
  server.isUp = false;
  const page = openPage();
  const entryId = await page.say(IMAGE, "anna", begun);
  await page.say(IMAGE, "anna", reply(begun.key));
  await page.say(IMAGE, "anna", { kind: "resolve", thread: begun.key, resolved: true });
  const [thread] = withUnsent([], page.status().entries);
  expect(thread).toMatchObject({ id: -entryId, x: 1, y: 2, resolved: true, resolved_by: "anna" });
  expect(thread?.comments.map(({ text }) => text)).toEqual(["One or two?", "Two."]);
  const [first] = page.status().entries;
  const listed = { ...(thread as ThreadDto), id: 40, comments: [...(thread?.comments ?? [])] };
  expect(withUnsent([listed], first ? [first] : [])).toEqual([listed]);
});

it("an answer that was lost does not make anybody say it twice", async () => {
  server.losesAnswers = true;
  const page = openPage();
  await page.say(IMAGE, "anna", begun);
  await vi.waitFor(() => expect(server.received).toEqual(["start"]));
  server.losesAnswers = false;
  page.wake();
  await isEmpty(page);
  expect(saidAtServer()).toEqual([["One or two?"]]);
});

it("a reply to a thread that was deleted meanwhile begins another one at its place", async () => {
  const page = openPage();
  await page.say(IMAGE, "anna", reply(39));
  await isEmpty(page);
  expect(server.threads).toMatchObject([{ x: 1, y: 2, comments: [{ text: "Two." }] }]);
});

it("what the server refuses waits for its author, who tries again or takes it back", async () => {
  server.refusal = "Your role does not allow this.";
  const page = openPage();
  const entryId = await page.say(IMAGE, "anna", begun);
  await vi.waitFor(() => expect(page.status().entries[0]?.problem).toBe("Your role does not allow this."));
  await page.say(IMAGE, "anna", reply(begun.key));
  expect(server.received).toEqual([]);
  await page.takeBack(entryId);
  expect(page.status().entries).toEqual([]);
  const again = await page.say(IMAGE, "anna", begun);
  await vi.waitFor(() => expect(page.status().entries[0]?.problem).not.toBeNull());
  server.refusal = null;
  await page.retry(again);
  await isEmpty(page);
  expect(server.received).toEqual(["start"]);
});
