import { expect, test } from "vitest";
import type { Decoder } from "./decoder";
import { Decoders } from "./decoders";
import type { ImageEmbedding } from "./embeddingFile";

const decoderOf = (checkpoint: string): Decoder =>
  ({ fits: ({ checkpointSha256 }: ImageEmbedding) => checkpointSha256 === checkpoint }) as Decoder;
const embeddingOf = (checkpointSha256: string): ImageEmbedding => ({
  originalHw: [1, 1],
  inputHw: [1, 1],
  checkpointSha256,
  tensors: new Map(),
});

/** A server whose segmenters have these checkpoints; counts what is loaded. */
function server(checkpoints: Record<string, string>) {
  const loaded: string[] = [];
  const decoders = new Decoders(async (url) => {
    loaded.push(url);
    const checkpoint = checkpoints[url];
    if (!checkpoint) throw new Error("not there");
    return decoderOf(checkpoint);
  });
  return { decoders, loaded, checkpoints };
}

test("two segmenters stay loaded beside each other", async () => {
  const { decoders, loaded } = server({ "/old": "a", "/new": "b" });
  const old = await decoders.getFor("/old", embeddingOf("a"));
  await decoders.getFor("/new", embeddingOf("b"));
  expect(await decoders.getFor("/old", embeddingOf("a"))).toBe(old);
  expect(loaded).toEqual(["/old", "/new"]);
});

test("a segmenter that was exported anew is loaded anew", async () => {
  const { decoders, loaded, checkpoints } = server({ "/sam": "a" });
  const first = await decoders.getFor("/sam", embeddingOf("a"));
  checkpoints["/sam"] = "b";
  expect(await decoders.getFor("/sam", embeddingOf("b"))).not.toBe(first);
  expect(loaded).toHaveLength(2);
});

test("an embedding of a checkpoint that is no longer there is refused", async () => {
  const { decoders } = server({ "/sam": "b" });
  await expect(decoders.getFor("/sam", embeddingOf("a"))).rejects.toMatchObject({ code: "checkpoint_mismatch" });
});

test("a decoder that could not be loaded is tried again", async () => {
  const { decoders, checkpoints } = server({});
  await expect(decoders.get("/sam")).rejects.toThrow("not there");
  checkpoints["/sam"] = "a";
  await expect(decoders.get("/sam")).resolves.toBeDefined();
});
