import type { Annotation } from "../../document";
import type { ImageBox, SizeHw } from "../../geometry";
import type { ImagePixels } from "../../rendering";
import type {
  DecodeAnswer,
  EmbeddingRef,
  OpenedEmbedding,
  SegmentationEvent,
  SegmentationPort,
  Urgency,
} from "../../segmentation";
import type { Candidate, Prompt } from "../../session";
import type {
  AnnotationSync,
  ConflictChoice,
  ImageDetails,
  OpenedImage,
  SyncConflict,
  SyncEvent,
  SyncStatus,
  WorkspaceSource,
} from "../ports";

/** Everything that waits for promises has run. */
export const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

const GRID = 8;
const IMAGE_HW: SizeHw = [64, 96];

/** A square of foreground around the last foreground point; the three candidates differ in size. */
function squareAround(prompt: Prompt, halfSide: number): Candidate["lowResLogits"] {
  const [height, width] = [IMAGE_HW[0] / GRID, IMAGE_HW[1] / GRID];
  const data = new Float32Array(height * width).fill(-4);
  const centre = prompt.points.findLast(({ label }) => label === 1)?.point ?? {
    x: prompt.box?.x0 ?? 0,
    y: prompt.box?.y0 ?? 0,
  };
  const [row, column] = [Math.floor(centre.y / GRID), Math.floor(centre.x / GRID)];
  for (let y = row - halfSide; y <= row + halfSide; y++) {
    for (let x = column - halfSide; x <= column + halfSide; x++) {
      if (y >= 0 && x >= 0 && y < height && x < width) data[y * width + x] = 4;
    }
  }
  return { height, width, data, extentHw: [height, width], threshold: 0 };
}

export interface DecodeCall {
  readonly key: string;
  readonly prompt: Prompt;
  readonly urgency: Urgency;
}

/** Counts calls where the worker is, and answers with squares, at once or when told to. */
export class FakeSegmentation implements SegmentationPort {
  readonly calls: DecodeCall[] = [];
  readonly opened: string[] = [];
  prefetched: string[] = [];
  isHolding = false;
  /** Like a graph that declares `wanted`: clicks are answered with one mask. */
  choosesCandidates = false;
  failure: Error | null = null;
  closerLook: OpenedEmbedding["closerLook"] = null;
  openGate: Promise<void> = Promise.resolve();
  private held: (() => void)[] = [];
  private readonly listeners = new Set<(event: SegmentationEvent) => void>();

  /** Keys that the server no longer knows. */
  readonly outdated = new Set<string>();

  async open({ key }: EmbeddingRef) {
    this.opened.push(key);
    await this.openGate;
    if (this.outdated.has(key)) throw Object.assign(new Error("older segmenter"), { code: "embedding_key_unknown" });
    return { inputHw: IMAGE_HW, segmenter: "fake", checkpointSha256: "abc", closerLook: this.closerLook };
  }

  prefetch(embeddings: readonly EmbeddingRef[]): void {
    this.prefetched = embeddings.map(({ key }) => key);
  }

  async decode(key: string, prompt: Prompt, urgency: Urgency): Promise<DecodeAnswer> {
    this.calls.push({ key, prompt, urgency });
    if (this.isHolding) await new Promise<void>((resolve) => this.held.push(resolve));
    if (this.failure) throw this.failure;
    const candidates = [1, 0, 2].map((halfSide, index) => ({
      lowResLogits: squareAround(prompt, halfSide),
      predictedIou: 0.9 - index / 10,
      stabilityScore: 1,
      meanLogit: 4,
    }));
    const wanted = this.choosesCandidates && urgency !== "candidates" ? candidates.slice(0, 1) : candidates;
    return { candidates: wanted, isComplete: wanted.length === candidates.length, decodeMs: 12 };
  }

  /** Lets the answers through that were held, last question first if asked so. */
  release(order: "first" | "last" = "first"): void {
    const waiting = order === "first" ? this.held : this.held.reverse();
    this.held = [];
    for (const answer of waiting) answer();
  }

  subscribe(listener: (event: SegmentationEvent) => void): () => void {
    this.listeners.add(listener);
    listener({ type: "runtime", report: { runtime: "wasm", threads: 2, reason: "2 cores" } });
    return () => this.listeners.delete(listener);
  }

  emit(event: SegmentationEvent): void {
    for (const listener of this.listeners) listener(event);
  }

  dispose(): void {
    this.listeners.clear();
  }
}

/** An image that is black on its left half and white on its right, at any size that is asked for. */
export function twoHalves(): ImagePixels {
  const read = async (region: ImageBox, [height, width]: SizeHw): Promise<ImageData> => {
    const data = new Uint8ClampedArray(height * width * 4).fill(255);
    for (let at = 0; at < height * width; at++) {
      const x = region.x0 + ((at % width) + 0.5) * ((region.x1 - region.x0) / width);
      if (x < IMAGE_HW[1] / 2) data.fill(0, 4 * at, 4 * at + 3);
    }
    return { height, width, data } as ImageData;
  };
  const nothing = (): void => undefined;
  return {
    imageHw: IMAGE_HW,
    isSharp: true,
    read,
    drawRegion: nothing,
    drawView: nothing,
    subscribe: () => nothing,
    dispose: nothing,
  };
}

/** Remembers what was saved and removed, in order. */
export class FakeSync implements AnnotationSync {
  readonly log: string[] = [];
  readonly saved: Annotation[] = [];
  readonly resolved: ConflictChoice[] = [];
  private readonly listeners = new Set<(event: SyncEvent) => void>();

  save(annotation: Annotation): void {
    this.saved.push(annotation);
    this.log.push(`save ${annotation.id} as ${annotation.categoryId}`);
  }

  remove({ id }: Annotation): void {
    this.log.push(`remove ${id}`);
  }

  resolve(_conflict: SyncConflict, choice: ConflictChoice): void {
    this.resolved.push(choice);
  }

  status(): SyncStatus {
    return { state: "saved", pending: 0, message: null };
  }

  subscribe(listener: (event: SyncEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  emit(event: SyncEvent): void {
    for (const listener of this.listeners) listener(event);
  }
}

export function imageDetails(id: number): ImageDetails {
  return {
    id,
    filename: `photo-${id}.jpg`,
    width: IMAGE_HW[1],
    height: IMAGE_HW[0],
    contentUrl: `/content/${id}`,
    thumbnailUrl: `/thumbnail/${id}`,
    tileUrl: null,
    values: null,
    embeddingUrl: `/embedding/${id}`,
    embeddingKey: `key-${id}`,
    regionUrl: `/region/${id}`,
    manifestUrl: "/manifest",
  };
}

/** Ten images in a row; `annotations` says what is on them. */
export class FakeSource implements WorkspaceSource {
  /** Embedding keys that an image gets, one after the other, instead of its own. */
  readonly keys = new Map<number, string[]>();

  constructor(readonly annotations: Readonly<Record<number, readonly Annotation[]>> = {}) {}

  async openImage(imageId: number): Promise<OpenedImage> {
    if (imageId < 1 || imageId > 10) throw new Error("no such image");
    const image = imageDetails(imageId);
    return {
      image: { ...image, embeddingKey: this.keys.get(imageId)?.shift() ?? image.embeddingKey },
      neighbours: {
        previous: imageId > 1 ? imageId - 1 : null,
        next: imageId < 10 ? imageId + 1 : null,
        position: imageId,
        total: 10,
      },
      annotations: this.annotations[imageId] ?? [],
    };
  }

  async listLikelyNext(imageId: number): Promise<readonly ImageDetails[]> {
    return [imageId + 1, imageId + 2].map(imageDetails);
  }
}
