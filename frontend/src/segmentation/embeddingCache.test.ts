import { expect, test } from "vitest";
import type { Decoder, PreparedImage } from "./decoder";
import { EmbeddingCache } from "./embeddingCache";

const image = (bytes: number, dispose: () => void = () => undefined): PreparedImage => ({
  decoder: {} as Decoder,
  embedding: { originalHw: [1, 1], inputHw: [1, 1] },
  tensors: new Map(),
  bytes,
  dispose,
});

test("an image is prepared once, also when it is asked for twice at the same time", async () => {
  const cache = new EmbeddingCache();
  let prepared = 0;
  const prepare = async (): Promise<PreparedImage> => {
    prepared++;
    return image(1);
  };
  const [first, second] = await Promise.all([cache.get("a", prepare), cache.get("a", prepare)]);
  expect(first).toBe(second);
  expect(prepared).toBe(1);
});

test("the least recently used image is given back when there are too many", async () => {
  const cache = new EmbeddingCache(25);
  const dropped: string[] = [];
  const noting = (key: string) => () => void dropped.push(key);
  await cache.get("a", async () => image(10, noting("a")));
  await cache.get("b", async () => image(10, noting("b")));
  await cache.find("a");
  await cache.get("c", async () => image(10));
  expect(cache.find("b")).toBeNull();
  expect(cache.find("a")).not.toBeNull();
  expect(cache.find("c")).not.toBeNull();
  expect(dropped).toEqual(["b"]);
});

test("an image that is larger than the limit stays while it is the newest", async () => {
  const cache = new EmbeddingCache(25);
  await cache.get("a", async () => image(10));
  await cache.get("huge", async () => image(1000));
  expect(cache.find("huge")).not.toBeNull();
  expect(cache.find("a")).toBeNull();
});

test("a failure is not kept", async () => {
  const cache = new EmbeddingCache();
  await expect(cache.get("a", () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  expect(await cache.get("a", async () => image(1))).toMatchObject({ bytes: 1 });
});
