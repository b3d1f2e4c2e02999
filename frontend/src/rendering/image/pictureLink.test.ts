import { expect, test, vi } from "vitest";
import { PictureLink, type PictureReply, type PictureRequest } from "./pictureLink";

const levels = (name: string) => [name] as unknown as ImageBitmap[];

function setUp() {
  const asked: PictureRequest[] = [];
  const worker: Pick<Worker, "postMessage" | "onmessage" | "onerror"> = {
    postMessage: (request: unknown) => asked.push(request as PictureRequest),
    onmessage: null,
    onerror: null,
  };
  const fetchHere = vi.fn(async (url: string) => levels(`here: ${url}`));
  const link = new PictureLink(worker, fetchHere);
  const reply = (data: PictureReply) => worker.onmessage?.call(worker as Worker, { data } as MessageEvent);
  const crash = () => worker.onerror?.call(worker as Worker, {} as ErrorEvent);
  return { link, asked, reply, crash, fetchHere };
}

test("answers come back to who asked, in any order", async () => {
  const { link, reply } = setUp();
  const [first, second] = [link.fetch("/a"), link.fetch("/b")];
  reply({ id: 2, levels: levels("b") });
  reply({ id: 1, levels: levels("a") });
  expect([await first, await second]).toEqual([["a"], ["b"]]);
});

test("a picture that cannot be had is told, and is not asked for again here", async () => {
  const { link, reply, fetchHere } = setUp();
  const first = link.fetch("/a");
  reply({ id: 1, error: "404 /a" });
  await expect(first).rejects.toThrow("404");
  expect(fetchHere).not.toHaveBeenCalled();
});

test("without a worker the page's own thread does its work, also what was asked before", async () => {
  const { link, asked, crash } = setUp();
  const first = link.fetch("/a");
  crash();
  expect([await first, await link.fetch("/b")]).toEqual([["here: /a"], ["here: /b"]]);
  expect(asked).toHaveLength(1);
});
