import { documentOf } from "../document";
import { fitViewport } from "../geometry";
import type { ImageFiles, ImagePixels } from "../rendering";
import { type EmbeddingRef, type OpenedEmbedding, reportOf, type SegmentationPort } from "../segmentation";
import { EMPTY_HISTORY, EMPTY_PROMPT, forNextImage, NEUTRAL_TONE, selectOnly } from "../session";
import { promptOf } from "./drafts";
import { recalled, viewportAround } from "./memories";
import type { ImageDetails, OpenedImage, WorkspaceSource } from "./ports";
import { imageHwOf } from "./state";
import type { Store } from "./store";

/** Loads the pixels that are drawn, or has them from before. */
export type LoadPixels = (files: ImageFiles) => Promise<ImagePixels>;

/** The embedding that was asked for does not belong to the segmenter as it is now. */
const MADE_ANEW: ReadonlySet<string> = new Set(["embedding_key_unknown", "checkpoint_mismatch"]);

/** Opens images: row, annotations, pixels and embedding, and fetches ahead what is probably opened next. */
export class ImageOpening {
  private abort = new AbortController();

  constructor(
    private readonly store: Store,
    private readonly source: WorkspaceSource,
    private readonly segmentation: SegmentationPort,
    private readonly loadPixels: LoadPixels,
    private readonly onEmbeddingReady: () => void,
  ) {}

  async open(imageId: number): Promise<void> {
    this.abort.abort();
    this.abort = new AbortController();
    const { signal } = this.abort;
    this.forgetImage();
    try {
      const opened = await this.source.openImage(imageId, signal);
      if (signal.aborted) return;
      this.show(opened);
      await Promise.all([this.fetchPixels(opened.image, signal), this.fetchEmbedding(opened.image, signal)]);
    } catch (error) {
      if (!signal.aborted) this.store.update({ imageState: "failed", problem: reportOf(error).message });
    }
  }

  /** Once more, after a failure. */
  async retryEmbedding(): Promise<void> {
    const { image, embeddingState } = this.store.state;
    if (image && embeddingState === "failed") await this.fetchEmbedding(image, this.abort.signal);
  }

  dispose(): void {
    this.abort.abort();
  }

  private forgetImage(): void {
    const { session, commenting } = this.store.state;
    this.store.update({
      commenting: { ...commenting, isPlacing: false, draftPoint: null, openThreadId: null },
      image: null,
      imageState: "loading",
      pixels: null,
      pixelWindow: NEUTRAL_TONE.window,
      embeddingState: "none",
      embedding: null,
      problem: null,
      document: documentOf([]),
      history: EMPTY_HISTORY,
      session: forNextImage(session),
      queuedBoxes: [],
      isDecoding: false,
      region: null,
      closerPart: null,
      conflicts: [],
    });
  }

  private show({ image, annotations, neighbours, draft, memory }: OpenedImage): void {
    const { session, canvasHw } = this.store.state;
    const document = documentOf(annotations);
    const left = memory && recalled(memory, document);
    this.store.update({
      image,
      neighbours,
      document,
      history: left?.history ?? EMPTY_HISTORY,
      session: {
        ...session,
        ...selectOnly(left?.selection ?? null),
        viewport: left?.view ? viewportAround(left.view, canvasHw) : fitViewport(imageHwOf(image), canvasHw),
        prompt: draft ? promptOf(draft, image) : EMPTY_PROMPT,
      },
      isFitted: !left?.view,
    });
  }

  private async fetchPixels(image: ImageDetails, signal: AbortSignal): Promise<void> {
    const pixels = await this.loadPixels(image);
    if (!signal.aborted) this.store.update({ pixels, imageState: "ready" });
  }

  private async fetchEmbedding(image: ImageDetails, signal: AbortSignal): Promise<void> {
    this.store.update({ embeddingState: "loading", problem: null });
    try {
      const { inputHw, ...opened } = await this.openEmbedding(image, signal);
      if (signal.aborted) return;
      const resize = { originalHw: imageHwOf(image), inputHw };
      this.store.update({ embeddingState: "ready", embedding: { resize, ...opened } });
      this.onEmbeddingReady();
      await this.prefetch(image.id, signal);
    } catch (error) {
      if (signal.aborted) return;
      this.store.update({ embeddingState: "failed", problem: reportOf(error).message, isDecoding: false });
    }
  }

  /** The row that we have may be older than a change of segmenter or checkpoint: then it is read again, once. */
  private async openEmbedding(image: ImageDetails, signal: AbortSignal): Promise<OpenedEmbedding> {
    try {
      return await this.segmentation.open(embeddingOf(image));
    } catch (error) {
      if (signal.aborted || !MADE_ANEW.has(reportOf(error).code)) throw error;
      const opened = await this.source.openImage(image.id, signal);
      if (signal.aborted || opened.image.embeddingKey === image.embeddingKey) throw error;
      this.store.update({ image: opened.image });
      return await this.segmentation.open(embeddingOf(opened.image));
    }
  }

  private async prefetch(imageId: number, signal: AbortSignal): Promise<void> {
    // What cannot be fetched ahead will be fetched, or reported, when it is opened.
    const next = await this.source.listLikelyNext(imageId, signal).catch(() => []);
    if (signal.aborted) return;
    this.segmentation.prefetch(next.map(embeddingOf));
    for (const image of next) void this.loadPixels(image).catch(() => undefined);
  }
}

function embeddingOf({ embeddingKey, embeddingUrl, manifestUrl }: ImageDetails): EmbeddingRef {
  return { key: embeddingKey, url: embeddingUrl, manifestUrl };
}
