import type { Prompt } from "../session";
import { currentLanguage } from "../words";
import type {
  Beside,
  DecodeAnswer,
  EmbeddingRef,
  OpenedEmbedding,
  RuntimeReport,
  SegmentationEvent,
  SegmentationPort,
  Urgency,
} from "./port";
import type { WirePrompt } from "./protocol";
import { contenders, type ForcedRuntime, firstChoice, isWorthChanging, type Surroundings } from "./runtimeChoice";
import { type MessageLink, WorkerLink } from "./workerLink";

export interface ClientOptions {
  /** Of the segmenter that is probably needed first. Absolute, as those of the embeddings. */
  readonly manifestUrl: string;
  readonly forced: ForcedRuntime | null;
  readonly createLink: () => MessageLink;
  readonly surroundings: Surroundings;
  readonly sleep: (ms: number) => Promise<void>;
  /** Runtimes are compared when nobody has used the decoder for this long. */
  readonly quietMs: number;
}

/** One worker that was started with one runtime. */
interface Engine {
  readonly link: WorkerLink;
  readonly report: RuntimeReport;
  readonly started: Promise<null>;
}

/** The page's side of the decoder: keeps one worker, and may exchange it for one that was measured to be faster. */
export class SegmentationClient implements SegmentationPort {
  private readonly listeners = new Set<(event: SegmentationEvent) => void>();
  private engine: Engine;
  /** The image that was opened last: a new engine has to open it too. */
  private opened: EmbeddingRef | null = null;
  private lastUse = 0;
  private hasCompared = false;
  private isDisposed = false;

  constructor(private readonly options: ClientOptions) {
    this.engine = this.startEngine(firstChoice(options.surroundings, options.forced));
  }

  async open(embedding: EmbeddingRef, beside?: Beside): Promise<OpenedEmbedding> {
    if (!beside) this.opened = embedding;
    const { link, started } = this.engine;
    await started;
    const opened = await link.request("open", { embedding });
    this.lastUse = Date.now();
    if (!this.hasCompared) {
      this.hasCompared = true;
      void this.compareRuntimes();
    }
    return opened;
  }

  prefetch(embeddings: readonly EmbeddingRef[]): void {
    this.engine.link.request("prefetch", { embeddings }).catch(() => undefined);
  }

  async decode(key: string, prompt: Prompt, urgency: Urgency): Promise<DecodeAnswer | null> {
    this.lastUse = Date.now();
    return await this.engine.link.request("decode", { prompt: toWire(key, prompt), urgency });
  }

  subscribe(listener: (event: SegmentationEvent) => void): () => void {
    this.listeners.add(listener);
    listener({ type: "runtime", report: this.engine.report });
    return () => this.listeners.delete(listener);
  }

  dispose(): void {
    this.isDisposed = true;
    this.engine.link.dispose();
    this.listeners.clear();
  }

  private startEngine(report: RuntimeReport): Engine {
    const link = new WorkerLink(this.options.createLink(), (key) => this.publish({ type: "embedding_waiting", key }));
    const manifestUrl = this.options.manifestUrl;
    const { runtime, threads } = report;
    const started = link.request("start", { settings: { manifestUrl, runtime, threads, language: currentLanguage() } });
    started.catch(() => undefined); // told by `open`
    return { link, report, started };
  }

  /** In quiet moments only. A rival that fails or is no faster leaves everything as it is. */
  private async compareRuntimes(): Promise<void> {
    const { surroundings, forced } = this.options;
    for (const report of await contenders(surroundings, forced)) {
      await this.untilQuiet();
      if (this.isDisposed) return;
      const rival = this.startEngine(report);
      try {
        if (await this.isFaster(rival)) await this.changeTo(rival);
      } catch (error) {
        console.info(`${report.runtime} with ${report.threads} thread(s) cannot be used here.`, error);
      }
      if (this.engine !== rival) rival.link.dispose();
    }
  }

  private async isFaster(rival: Engine): Promise<boolean> {
    await rival.started;
    const key = await this.openLatestIn(rival);
    const { medianMs: rivalMs } = await rival.link.request("measure", { key });
    const { medianMs: championMs } = await this.engine.link.request("measure", { key });
    return isWorthChanging(championMs, rivalMs);
  }

  private async changeTo(rival: Engine): Promise<void> {
    await this.openLatestIn(rival);
    if (this.isDisposed) return;
    const old = this.engine;
    this.engine = rival;
    this.publish({ type: "runtime", report: rival.report });
    await this.untilQuiet(); // answers on their way still come from the old one
    old.link.dispose();
  }

  /** The user may open another image meanwhile, so it is repeated until nothing has changed. */
  private async openLatestIn(rival: Engine): Promise<string> {
    for (let embedding = this.opened; embedding; ) {
      await rival.link.request("open", { embedding });
      if (embedding === this.opened) return embedding.key;
      embedding = this.opened;
    }
    throw new Error("no image is open");
  }

  private async untilQuiet(): Promise<void> {
    const { quietMs, sleep } = this.options;
    do await sleep(quietMs);
    while (Date.now() - this.lastUse < quietMs && !this.isDisposed);
  }

  private publish(event: SegmentationEvent): void {
    for (const listener of this.listeners) listener(event);
  }
}

function toWire(key: string, prompt: Prompt): WirePrompt {
  const { box } = prompt;
  return {
    key,
    pointsXy: prompt.points.map(({ point }) => [point.x, point.y] as const),
    labels: prompt.points.map(({ label }) => label),
    boxXyxy: box && [box.x0, box.y0, box.x1, box.y1],
    previousLogits: prompt.previousLogits,
  };
}
