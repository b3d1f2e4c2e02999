import { type ImageBox, imagePoint, type SizeHw } from "../geometry";
import { type LowResLogits, validHw } from "../masks";
import type { Candidate, Prompt } from "../session";
import { reportOf } from "./errors";
import type { Beside, DecodeAnswer, EmbeddingRef, OpenedEmbedding, SegmentationPort, Urgency } from "./port";

/** A part of an image, in whole pixels, with an embedding of its own. */
export interface ImageRegion {
  readonly embedding: EmbeddingRef;
  readonly imageKey: string;
  readonly imageHw: SizeHw;
  readonly box: ImageBox;
}

/**
 * Answers prompts from the embedding of the part of the image that is looked at, where there is one: it shows small
 * objects of a large image larger. Whoever asks does not notice: logits say which part of the image they are of.
 */
export class RegionalSegmentation implements SegmentationPort {
  /** That were opened for this image. */
  private readonly regions = new Map<string, ImageRegion>();
  private current: ImageRegion | null = null;
  private wanted: ImageRegion | null = null;

  constructor(private readonly inner: SegmentationPort) {}

  readonly open = (embedding: EmbeddingRef, beside?: Beside): Promise<OpenedEmbedding> => {
    if (!beside) this.forget();
    return this.inner.open(embedding, beside);
  };
  readonly prefetch = (embeddings: readonly EmbeddingRef[]): void => this.inner.prefetch(embeddings);
  readonly subscribe: SegmentationPort["subscribe"] = (listener) => this.inner.subscribe(listener);
  readonly dispose = (): void => this.inner.dispose();

  /** Uses this part from when its embedding is there; null: the whole image again. False: it cannot be had. */
  async look(region: ImageRegion | null): Promise<boolean> {
    this.wanted = region;
    if (!region) {
      this.current = null;
      return true;
    }
    try {
      await this.inner.open(region.embedding, "beside");
    } catch {
      return false; // the whole image goes on being used
    }
    if (this.wanted !== region) return false;
    this.regions.set(region.embedding.key, region);
    this.current = region;
    return true;
  }

  async decode(key: string, prompt: Prompt, urgency: Urgency): Promise<DecodeAnswer | null> {
    const region = this.regionFor(key, prompt);
    if (!region) return this.inner.decode(key, withoutForeignLogits(prompt), urgency);
    const answer = await this.decodeIn(region, prompt, urgency);
    if (!answer || !isCutOff(answer, region)) return answer && placed(answer, region);
    // The object goes on beyond the part that is looked at.
    return this.inner.decode(key, withoutForeignLogits(prompt), urgency);
  }

  private async decodeIn(region: ImageRegion, prompt: Prompt, urgency: Urgency): Promise<DecodeAnswer | null> {
    const { embedding } = region;
    const moved = movedInto(region, prompt);
    try {
      return await this.inner.decode(embedding.key, moved, urgency);
    } catch (error) {
      // Another runtime has taken over, which has the image only.
      if (reportOf(error).code !== "image_not_open") throw error;
      await this.inner.open(embedding, "beside");
      return await this.inner.decode(embedding.key, moved, urgency);
    }
  }

  /** Earlier logits have to be of the same part. */
  private regionFor(imageKey: string, prompt: Prompt): ImageRegion | null {
    const { previousLogits } = prompt;
    const region = previousLogits
      ? ([...this.regions.values()].find((each) => isSameBox(sharesOf(each), previousLogits.within)) ?? null)
      : this.current;
    return region?.imageKey === imageKey && holds(region.box, prompt) ? region : null;
  }

  private forget(): void {
    this.regions.clear();
    this.current = null;
    this.wanted = null;
  }
}

function holds({ x0, y0, x1, y1 }: ImageBox, { points, box }: Prompt): boolean {
  const isIn = (x: number, y: number): boolean => x >= x0 && y >= y0 && x <= x1 && y <= y1;
  return (
    points.every(({ point }) => isIn(point.x, point.y)) && (!box || (isIn(box.x0, box.y0) && isIn(box.x1, box.y1)))
  );
}

function movedInto({ box: { x0, y0 } }: ImageRegion, prompt: Prompt): Prompt {
  const { box } = prompt;
  return {
    ...prompt,
    points: prompt.points.map(({ point, label }) => ({ label, point: imagePoint(point.x - x0, point.y - y0) })),
    box: box && { x0: box.x0 - x0, y0: box.y0 - y0, x1: box.x1 - x0, y1: box.y1 - y0 },
  };
}

function placed(answer: DecodeAnswer, region: ImageRegion): DecodeAnswer {
  const within = sharesOf(region);
  const place = (candidate: Candidate): Candidate => ({
    ...candidate,
    lowResLogits: { ...candidate.lowResLogits, within },
  });
  return { ...answer, candidates: answer.candidates.map(place) };
}

function sharesOf({ box, imageHw: [height, width] }: ImageRegion): ImageBox {
  return { x0: box.x0 / width, y0: box.y0 / height, x1: box.x1 / width, y1: box.y1 / height };
}

function isSameBox(a: ImageBox, b: ImageBox | undefined): boolean {
  return b !== undefined && a.x0 === b.x0 && a.y0 === b.y0 && a.x1 === b.x1 && a.y1 === b.y1;
}

/** Logits of a part mean nothing to the decoder of the whole image. */
function withoutForeignLogits(prompt: Prompt): Prompt {
  return prompt.previousLogits?.within ? { ...prompt, previousLogits: null } : prompt;
}

/** Whether the best mask reaches a side of the part that is no side of the image. */
function isCutOff({ candidates }: DecodeAnswer, { box, imageHw: [height, width] }: ImageRegion): boolean {
  const logits = candidates[0]?.lowResLogits;
  if (!logits) return false;
  const [rows, columns] = validHw(logits);
  return (
    (box.x0 > 0 && touches(logits, rows, (at) => at * logits.width)) ||
    (box.y0 > 0 && touches(logits, columns, (at) => at)) ||
    (box.x1 < width && touches(logits, rows, (at) => at * logits.width + columns - 1)) ||
    (box.y1 < height && touches(logits, columns, (at) => (rows - 1) * logits.width + at))
  );
}

function touches({ data, threshold }: LowResLogits, length: number, cell: (at: number) => number): boolean {
  for (let at = 0; at < length; at++) if ((data[cell(at)] ?? threshold) > threshold) return true;
  return false;
}
