import { t } from "../words";
import type { Decoder, PreparedImage } from "./decoder";
import type { ImageEmbedding } from "./embeddingFile";
import { SegmentationError } from "./errors";
import type { OpenedEmbedding } from "./port";

/**
 * The decoders that a page has needed, by the address of their manifests. There is one, as a rule, and a second one
 * while a project changes its segmenter: embeddings of both come then, and each is decoded by its own.
 */
export class Decoders {
  private readonly loaded = new Map<string, Promise<Decoder>>();

  constructor(private readonly load: (manifestUrl: string) => Promise<Decoder>) {}

  /** Loaded once; a failure is tried again the next time. */
  get(manifestUrl: string): Promise<Decoder> {
    const known = this.loaded.get(manifestUrl);
    if (known) return known;
    const loading = this.load(manifestUrl);
    this.loaded.set(manifestUrl, loading);
    loading.catch(() => this.forget(manifestUrl, loading));
    return loading;
  }

  /**
   * The decoder of the embedding's checkpoint. Where the one that is loaded is of another, the segmenter was exported
   * anew since: its manifest is read again. Images that are prepared keep the decoder that prepared them.
   */
  async getFor(manifestUrl: string, embedding: ImageEmbedding): Promise<Decoder> {
    const known = this.get(manifestUrl);
    if ((await known).fits(embedding)) return await known;
    this.forget(manifestUrl, known);
    const renewed = await this.get(manifestUrl);
    if (!renewed.fits(embedding)) throw otherCheckpoint();
    return renewed;
  }

  private forget(manifestUrl: string, decoder: Promise<Decoder>): void {
    if (this.loaded.get(manifestUrl) === decoder) this.loaded.delete(manifestUrl);
  }
}

/** What the page is told of an image that is open. */
export function openedAs({ decoder, embedding: { inputHw } }: PreparedImage): OpenedEmbedding {
  const { segmenter, checkpointSha256, closerLook } = decoder.manifest;
  const withGrid = closerLook ? { ...closerLook, grid: decoder.gridOf(inputHw) } : null;
  return { inputHw, segmenter, checkpointSha256, closerLook: withGrid };
}

function otherCheckpoint(): SegmentationError {
  return new SegmentationError(
    "checkpoint_mismatch",
    t("This image's embedding was made by another version of the segmenter. Open the image again."),
  );
}
