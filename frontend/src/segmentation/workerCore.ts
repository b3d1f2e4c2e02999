import { speak, t } from "../words";
import { Decoder, type PreparedImage, type Wanted } from "./decoder";
import { Decoders, openedAs } from "./decoders";
import { EmbeddingCache } from "./embeddingCache";
import { parseEmbedding } from "./embeddingFile";
import { SegmentationError } from "./errors";
import { fetchEmbedding } from "./fetching";
import type { OrtRuntime } from "./ortRuntime";
import type { EmbeddingRef, OpenedEmbedding } from "./port";
import type { DecodeReply, WirePrompt, WorkerRequest, WorkerResults, WorkerSettings } from "./protocol";
import { nextTurn, TaskQueue, type TaskUrgency } from "./taskQueue";
import { middlePrompt, warmUp } from "./warmUp";

/** What the worker needs of the world; tests run the core without a worker. */
export interface WorkerTools {
  startRuntime(settings: WorkerSettings): Promise<OrtRuntime>;
  fetchEmbedding(url: string, onWaiting: () => void): Promise<ArrayBuffer>;
  loadDecoder(manifestUrl: string, runtime: Promise<OrtRuntime>): Promise<Decoder>;
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
  private decoders: Decoders | null = null;
  /** By decoder; settled when its first runs, which are slow, are over. */
  private readonly warmth = new Map<Decoder, Promise<void>>();

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
        return this.queue.add(request.urgency, () =>
          this.decode(request.prompt, request.urgency === "candidates" ? "all" : "best"),
        );
      case "measure":
        return this.measure(request.key);
      default:
        return request satisfies never;
    }
  }

  private async start(settings: WorkerSettings): Promise<null> {
    speak(settings.language);
    const runtime = this.tools.startRuntime(settings);
    this.decoders = new Decoders((manifestUrl) => this.tools.loadDecoder(manifestUrl, runtime));
    await runtime;
    // Opening an image will report what goes wrong.
    await this.decoders.get(settings.manifestUrl).catch(() => undefined);
    return null;
  }

  private async open(embedding: EmbeddingRef): Promise<OpenedEmbedding> {
    const image = await this.prepare(embedding, "click");
    this.warm(embedding.key, image);
    return openedAs(image);
  }

  private warm(key: string, image: PreparedImage): void {
    if (this.warmth.has(image.decoder)) return;
    const decode = (prompt: WirePrompt, wanted: Wanted): Promise<DecodeReply | null> =>
      this.queue.add("idle", () => this.decode(prompt, wanted));
    const prepareToRefine = (): Promise<void> => image.decoder.prepareToRefine();
    this.warmth.set(image.decoder, warmUp(middlePrompt(key, image), decode, prepareToRefine));
  }

  private async prefetch(embeddings: readonly EmbeddingRef[]): Promise<null> {
    // One after the other, so that the likeliest comes first; opening the image will report what goes wrong.
    for (const embedding of embeddings) await this.prepare(embedding, "idle").catch(() => undefined);
    return null;
  }

  private prepare({ key, url, manifestUrl }: EmbeddingRef, urgency: TaskUrgency): Promise<PreparedImage> {
    return this.images.get(key, async () => {
      const decoders = this.startedDecoders();
      const [bytes] = await Promise.all([
        this.tools.fetchEmbedding(url, () => this.tools.onWaiting(key)),
        decoders.get(manifestUrl),
      ]);
      const embedding = parseEmbedding(bytes);
      const decoder = await decoders.getFor(manifestUrl, embedding);
      const image = await this.queue.add(urgency, () => decoder.prepare(embedding));
      if (!image) throw new Error("only hovers and requests for candidates are superseded");
      return image;
    });
  }

  private async decode(prompt: WirePrompt, wanted: Wanted): Promise<DecodeReply> {
    const image = await this.images.find(prompt.key);
    if (!image) {
      throw new SegmentationError("image_not_open", t("The image's embedding is not loaded. Open the image again."));
    }
    const start = this.tools.now();
    const decoded = await image.decoder.decode(image, prompt, wanted);
    return { ...decoded, decodeMs: this.tools.now() - start };
  }

  private async measure(key: string): Promise<{ medianMs: number }> {
    const image = await this.images.find(key);
    if (!image) throw new SegmentationError("image_not_open", t("There is no image to measure on."));
    await this.warmth.get(image.decoder);
    const times: number[] = [];
    for (let run = 0; run < MEASURED_RUNS; run++) {
      const reply = await this.queue.add("idle", () => this.decode(middlePrompt(key, image), "best"));
      if (reply) times.push(reply.decodeMs);
    }
    times.sort((a, b) => a - b);
    return { medianMs: times[times.length >> 1] ?? Number.POSITIVE_INFINITY };
  }

  private startedDecoders(): Decoders {
    if (!this.decoders)
      throw new SegmentationError("not_started", t("The mask decoder was not started. Reload the page."));
    return this.decoders;
  }
}
