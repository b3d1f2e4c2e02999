import { describe, expect, test } from "vitest";
import { imagePoint } from "../geometry";
import { EMPTY_PROMPT, withPoint } from "../session";
import { SegmentationClient } from "./client";
import type { Decoder, PreparedImage } from "./decoder";
import { reportOf, SegmentationError } from "./errors";
import type { EmbeddingRef, SegmentationEvent } from "./port";
import type { WirePrompt, WorkerReply, WorkerRequest, WorkerSettings } from "./protocol";
import type { Surroundings } from "./runtimeChoice";
import { nextTurn } from "./taskQueue";
import { WorkerCore } from "./workerCore";
import type { MessageLink } from "./workerLink";

const PROMPT = withPoint(EMPTY_PROMPT, { point: imagePoint(3, 4), label: 1 });

/** The core behind real messages (copied like in a browser), with a decoder that counts. */
class FakeWorkers {
  readonly started: WorkerSettings[] = [];
  readonly decoded: WirePrompt[] = [];
  prepared = 0;
  fetched: string[] = [];
  terminated = 0;
  failure: Error | null = null;
  /** How long a decode seems to take, by number of threads. */
  msByThreads: Readonly<Record<number, number>> = { 1: 10, 2: 10, 4: 10 };

  createLink = (): MessageLink => {
    let listener: (reply: WorkerReply) => void = () => undefined;
    let threads = 0;
    let clock = 0;
    const core = new WorkerCore({
      startRuntime: async (settings) => {
        this.started.push(settings);
        threads = settings.threads;
        return {
          load: () => Promise.reject(new Error("not used")),
          keep: () => ({ byteLength: 0, dispose: () => undefined }),
        };
      },
      fetchEmbedding: async (url) => {
        this.fetched.push(url);
        return embeddingBytes();
      },
      loadDecoder: async () =>
        this.decoder(() => {
          clock += this.msByThreads[threads] ?? 0;
        }),
      now: () => clock,
      onWaiting: (key) => listener({ type: "embedding_waiting", key }),
    });
    const answer = async (request: WorkerRequest): Promise<void> => {
      try {
        listener({ type: "result", id: request.id, result: structuredClone(await core.handle(request)) });
      } catch (error) {
        listener({ type: "error", id: request.id, error: reportOf(error) });
      }
    };
    return {
      postMessage: (request) => void answer(structuredClone(request)),
      onReply: (listen) => {
        listener = listen;
      },
      onCrash: () => undefined,
      terminate: () => {
        this.terminated++;
      },
    };
  };

  private decoder(tick: () => void): Decoder {
    const fake: Pick<Decoder, "prepare" | "decode" | "manifest" | "fits" | "prepareToRefine"> = {
      manifest: { segmenter: "fake", checkpointSha256: "abc" } as Decoder["manifest"],
      fits: () => true,
      prepareToRefine: async () => undefined,
      prepare: async (): Promise<PreparedImage> => {
        this.prepared++;
        return {
          decoder: fake as Decoder,
          embedding: { originalHw: [10, 20], inputHw: [10, 20] },
          tensors: new Map(),
          bytes: 1,
          dispose: () => undefined,
        };
      },
      decode: async (_image, prompt, wanted) => {
        if (this.failure) throw this.failure;
        this.decoded.push(prompt);
        tick();
        return { candidates: [], isComplete: wanted === "all" };
      },
    };
    return fake as Decoder;
  }
}

function embeddingBytes(): ArrayBuffer {
  const text = new TextEncoder().encode(
    JSON.stringify({ __metadata__: { format: "1", original_hw: "[10, 20]", input_hw: "[10, 20]" } }),
  );
  const file = new Uint8Array(8 + text.length);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  return file.buffer;
}

const embedding = (key: string): EmbeddingRef => ({ key, url: `/${key}`, manifestUrl: "http://localhost/manifest/" });

function connect(workers: FakeWorkers, surroundings: Partial<Surroundings> = {}) {
  return new SegmentationClient({
    manifestUrl: "http://localhost/manifest/",
    forced: null,
    createLink: workers.createLink,
    surroundings: {
      isCrossOriginIsolated: true,
      hasSharedMemory: true,
      cores: 8,
      hasGpuDevice: async () => false,
      ...surroundings,
    },
    sleep: () => new Promise((resolve) => setTimeout(resolve, 1)),
    quietMs: 0,
  });
}
const clicks = ({ decoded }: FakeWorkers) => decoded.filter(({ pointsXy }) => pointsXy[0]?.[0] === 3);

describe("the decoder behind its worker", () => {
  test("an image is fetched and prepared once, however often it is opened", async () => {
    const workers = new FakeWorkers();
    const client = connect(workers);
    await client.open(embedding("a"));
    expect(await client.open(embedding("a"))).toMatchObject({ segmenter: "fake", checkpointSha256: "abc" });
    expect(workers.fetched).toEqual(["/a"]);
    expect(workers.prepared).toBe(1);
  });

  test("an image that was fetched ahead is not fetched again", async () => {
    const workers = new FakeWorkers();
    const client = connect(workers);
    await client.open(embedding("a"));
    client.prefetch([embedding("b")]);
    await client.open(embedding("b"));
    expect(workers.fetched).toEqual(["/a", "/b"]);
  });

  test("of many hovers at once the last is decoded; every click is", async () => {
    const workers = new FakeWorkers();
    const client = connect(workers);
    await client.open(embedding("a"));
    const answers = await Promise.all([
      client.decode("a", PROMPT, "click"),
      client.decode("a", PROMPT, "hover"),
      client.decode("a", PROMPT, "hover"),
      client.decode("a", PROMPT, "click"),
      client.decode("a", PROMPT, "hover"),
    ]);
    expect(answers.map((answer) => answer !== null)).toEqual([true, false, false, true, true]);
    expect(clicks(workers)).toHaveLength(3);
  });

  test("a failed decode has a code and a message, and the next one works", async () => {
    const workers = new FakeWorkers();
    const client = connect(workers);
    await client.open(embedding("a"));
    workers.failure = new SegmentationError("graph_mismatch", "The server needs an update.");
    await expect(client.decode("a", PROMPT, "click")).rejects.toMatchObject({
      code: "graph_mismatch",
      message: "The server needs an update.",
    });
    workers.failure = null;
    expect(await client.decode("a", PROMPT, "click")).not.toBeNull();
  });

  test("an image that was never opened is a clear error", async () => {
    const client = connect(new FakeWorkers());
    await client.open(embedding("a"));
    await expect(client.decode("b", PROMPT, "click")).rejects.toMatchObject({ code: "image_not_open" });
  });

  test("the first runs, which are slow, are not the user's", async () => {
    const workers = new FakeWorkers();
    const client = connect(workers);
    await client.open(embedding("a"));
    await until(() => workers.decoded.length >= 24);
    expect(clicks(workers)).toEqual([]);
  });
});

describe("on two cores", () => {
  async function compare(msByThreads: Readonly<Record<number, number>>) {
    const workers = new FakeWorkers();
    workers.msByThreads = msByThreads;
    const client = connect(workers, { cores: 2 });
    const threads: number[] = [];
    client.subscribe((event: SegmentationEvent) => {
      if (event.type === "runtime") threads.push(event.report.threads);
    });
    await client.open(embedding("a"));
    await until(() => workers.terminated === 1);
    return { workers, client, threads };
  }

  test("two threads take over when they are measured to be faster, with the image open", async () => {
    const { workers, client, threads } = await compare({ 1: 40, 2: 20 });
    expect(threads).toEqual([1, 2]);
    expect(workers.started.map((settings) => settings.threads)).toEqual([1, 2]);
    expect(await client.decode("a", PROMPT, "click")).toMatchObject({ decodeMs: 20 });
  });

  test("one thread stays when two are slower", async () => {
    const { client, threads } = await compare({ 1: 30, 2: 50 });
    expect(threads).toEqual([1]);
    expect(await client.decode("a", PROMPT, "click")).toMatchObject({ decodeMs: 30 });
  });
});

async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 2000 && !condition(); turn++) await nextTurn();
  expect(condition()).toBe(true);
}
