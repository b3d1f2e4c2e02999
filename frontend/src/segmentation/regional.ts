import type { Prompt } from "../session";
import { reportOf } from "./errors";
import {
  type ImageRegion,
  isCutOff,
  isInside,
  isOfPart,
  logitsFor,
  movedInto,
  type OpenPart,
  placed,
  withoutFarBackground,
} from "./imageParts";
import type { Beside, DecodeAnswer, EmbeddingRef, OpenedEmbedding, SegmentationPort, Urgency } from "./port";

/**
 * Answers prompts from the embedding of a part of the image, where there is one: of the part that is looked at, which
 * shows small objects of a large image larger, or of the surroundings of the object that is being corrected. Whoever
 * asks does not notice: logits say which part of the image they are of.
 */
export class RegionalSegmentation implements SegmentationPort {
  /** That were looked at on this image. */
  private readonly regions = new Map<string, OpenPart>();
  private readonly seen = new Slot();
  private readonly closer = new Slot();
  /** From which surroundings a prompt was answered, by its points: its other candidates come from there, too. */
  private readonly answered = new WeakMap<Prompt["points"], OpenPart | null>();
  /** The image that is open, and how its segmenter looks closer. */
  private whole: EmbeddingRef | null = null;
  private rule: OpenedEmbedding["closerLook"] = null;

  constructor(private readonly inner: SegmentationPort) {}

  readonly open = async (embedding: EmbeddingRef, beside?: Beside): Promise<OpenedEmbedding> => {
    if (beside) return await this.inner.open(embedding, beside);
    this.forget();
    this.whole = embedding;
    const opened = await this.inner.open(embedding);
    if (this.whole === embedding) this.rule = opened.closerLook;
    return opened;
  };
  readonly prefetch = (embeddings: readonly EmbeddingRef[]): void => this.inner.prefetch(embeddings);
  readonly subscribe: SegmentationPort["subscribe"] = (listener) => this.inner.subscribe(listener);
  readonly dispose = (): void => this.inner.dispose();

  /** Uses this part from when its embedding is there; null: the whole image again. False: it cannot be had. */
  async look(region: ImageRegion | null): Promise<boolean> {
    const isThere = await this.fill(this.seen, region);
    if (isThere && this.seen.part) this.regions.set(this.seen.part.embedding.key, this.seen.part);
    return isThere;
  }

  /** The same for the surroundings of the object that is being corrected: they serve the prompts of many points. */
  lookCloser(region: ImageRegion | null): Promise<boolean> {
    return this.fill(this.closer, region);
  }

  async decode(key: string, prompt: Prompt, urgency: Urgency): Promise<DecodeAnswer | null> {
    for (const { part, asked } of this.partsFor(key, prompt, urgency)) {
      const answer = await this.decodeIn(part, asked, urgency);
      // Else the object goes on beyond the part.
      if (!answer || !isCutOff(answer, part)) return answer && placed(answer, part);
    }
    const previousLogits = logitsFor(this.rule?.grid ?? null, prompt.previousLogits, undefined);
    return this.inner.decode(key, { ...prompt, previousLogits }, urgency);
  }

  private async fill(slot: Slot, region: ImageRegion | null): Promise<boolean> {
    slot.wanted = region;
    if (!region) {
      slot.part = null;
      return true;
    }
    try {
      const { closerLook } = await this.inner.open(region.embedding, "beside");
      if (slot.wanted !== region) return false;
      slot.part = { ...region, grid: closerLook?.grid ?? null };
      return true;
    } catch {
      return false; // what was used before goes on being used
    }
  }

  /** The parts that can answer, the best one first, each with the prompt as it is asked there. */
  private partsFor(key: string, prompt: Prompt, urgency: Urgency): { part: OpenPart; asked: Prompt }[] {
    const [closer, region] = [this.closerFor(prompt, urgency), this.regionFor(prompt)];
    const parts = [
      ...(closer ? [{ part: closer, asked: withoutFarBackground(closer.box, prompt) }] : []),
      ...(region ? [{ part: region, asked: prompt }] : []),
    ];
    return parts.filter(({ part, asked }) => part.imageKey === key && isInside(part.box, asked));
  }

  private closerFor(prompt: Prompt, urgency: Urgency): OpenPart | null {
    if (!this.rule || prompt.points.length < this.rule.fromPoint) return null;
    const before = urgency === "candidates" ? this.answered.get(prompt.points) : undefined;
    const part = before === undefined ? this.closer.part : before;
    this.answered.set(prompt.points, part);
    return part;
  }

  /** Earlier logits have to be of the same part, or such as can be moved. */
  private regionFor({ previousLogits }: Prompt): OpenPart | null {
    if (!previousLogits) return this.seen.part;
    const same = [...this.regions.values()].find((each) => isOfPart(each, previousLogits));
    return same ?? (previousLogits.within && this.seen.part?.grid ? this.seen.part : null);
  }

  private async decodeIn(part: OpenPart, prompt: Prompt, urgency: Urgency): Promise<DecodeAnswer | null> {
    const { embedding } = part;
    const moved = movedInto(part, prompt);
    try {
      return await this.inner.decode(embedding.key, moved, urgency);
    } catch (error) {
      // Another runtime has taken over, which has the image only.
      if (reportOf(error).code !== "image_not_open") throw error;
      await this.inner.open(embedding, "beside");
      return await this.inner.decode(embedding.key, moved, urgency);
    }
  }

  private forget(): void {
    this.regions.clear();
    this.seen.clear();
    this.closer.clear();
    this.rule = null;
  }
}

/** The part in use, and the one that is to be. */
class Slot {
  part: OpenPart | null = null;
  wanted: ImageRegion | null = null;

  clear(): void {
    this.part = null;
    this.wanted = null;
  }
}
