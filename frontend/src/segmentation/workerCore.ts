import { Decoder, type PreparedImage } from "./decoder";
import { EmbeddingCache } from "./embeddingCache";
import { parseEmbedding } from "./embeddingFile";
import { SegmentationError } from "./errors";
import { fetchEmbedding } from "./fetching";
import type { OrtRuntime } from "./ortRuntime";
import type { EmbeddingRef, OpenedEmbedding } from "./port";
import type { DecodeReply, StartReply, WirePrompt, WorkerRequest, WorkerResults, WorkerSettings } from "./protocol";
import { nextTurn, TaskQueue, type TaskUrgency } from "./taskQueue";
import { middlePrompt, warmUp } from "./warmUp";

/** What the worker needs of the world; tests run the core without a worker. */
export interface WorkerTools {
  startRuntime(settings: WorkerSettings): Promise<OrtRuntime>;
  fetchEmbedding(url: string, onWaiting: () => void): Promise<ArrayBuffer>;
  loadDecoder(manifestUrl: string, runtime: OrtRuntime): Promise<Decoder>;
  now(): number;
  onWaiting(key: string): void;
}

export const WORKER_TOOLS: Pick<WorkerTools, "fetchEmbedding" | "loadDecoder" | "now"> = {
  fetchEmbedding: (url, onWaiting) => fetchEmbedding(url, onWaiting),
  loadDecoder: (manifestUrl, runtime) => Decoder.load(manifestUrl, runtime),
  now: () => performance.now(),
};

const MEASURED_RUNS = 9;

/** Owns the graphs and the embeddings. Everything that computes goes through one queue. */
export class WorkerCore {
  private readonly queue = new TaskQueue(nextTurn);
  private readonly images = new EmbeddingCache();
  private decoder: Promise<Decoder> | null = null;
  /** Settled when the first runs, which are slow, are over. */
  private warmth: Promise<void> | null = null;

  constructor(private readonly tools: WorkerTools) {}

  handle(request: WorkerRequest): Promise<WorkerResults[keyof WorkerResults]> {
    switch (request.type) {
      case "start":
        return this.start(request.settings);
      case "open":
        return this.open(request.embedding);
      case "prefetch":
        return this.prefetch(request.embeddings);
      case "decode":
        return this.queue.add(request.urgency, () => this.decode(request.prompt));
      case "measure":
        return this.measure(request.key);
      default:
        return request satisfies never;
    }
  }

  private async start(settings: WorkerSettings): Promise<StartReply> {
    this.decoder = this.tools
      .startRuntime(settings)
      .then((runtime) => this.tools.loadDecoder(settings.manifestUrl, runtime));
    const { manifest } = await this.decoder;
    return { segmenter: manifest.segmenter, checkpointSha256: manifest.checkpointSha256 };
  }

  private async open(embedding: EmbeddingRef): Promise<OpenedEmbedding> {
    const image = await this.prepare(embedding, "click");
    this.warmth ??= warmUp(middlePrompt(embedding.key, image), (prompt) =>
      this.queue.add("idle", () => this.decode(prompt)),
    );
    return { inputHw: image.embedding.inputHw };
  }

  private async prefetch(embeddings: readonly EmbeddingRef[]): Promise<null> {
    // One after the other, so that the likeliest comes first; opening the image will report what goes wrong.
    for (const embedding of embeddings) await this.prepare(embedding, "idle").catch(() => undefined);
    return null;
  }

  private prepare({ key, url }: EmbeddingRef, urgency: TaskUrgency): Promise<PreparedImage> {
    return this.images.get(key, async () => {
      const [bytes, decoder] = await Promise.all([
        this.tools.fetchEmbedding(url, () => this.tools.onWaiting(key)),
        this.loadedDecoder(),
      ]);
      const image = await this.queue.add(urgency, () => decoder.prepare(parseEmbedding(bytes)));
      if (!image) throw new Error("only hovers are superseded");
      return image;
    });
  }

  private async decode(prompt: WirePrompt): Promise<DecodeReply> {
    const decoder = await this.loadedDecoder();
    const image = await this.images.find(prompt.key);
    if (!image) {
      throw new SegmentationError("image_not_open", "The image's embedding is not loaded. Open the image again.");
    }
    const start = this.tools.now();
    const candidates = await decoder.decode(image, prompt);
    return { candidates, decodeMs: this.tools.now() - start };
  }

  private async measure(key: string): Promise<{ medianMs: number }> {
    const image = await this.images.find(key);
    if (!image) throw new SegmentationError("image_not_open", "There is no image to measure on.");
    await this.warmth;
    const times: number[] = [];
    for (let run = 0; run < MEASURED_RUNS; run++) {
      const reply = await this.queue.add("idle", () => this.decode(middlePrompt(key, image)));
      if (reply) times.push(reply.decodeMs);
    }
    times.sort((a, b) => a - b);
    return { medianMs: times[times.length >> 1] ?? Number.POSITIVE_INFINITY };
  }

  private loadedDecoder(): Promise<Decoder> {
    if (!this.decoder) throw new SegmentationError("not_started", "The mask decoder was not started. Reload the page.");
    return this.decoder;
  }
}
