import { type ImageBox, imagePoint, type SizeHw } from "../geometry";
import { type LogitsGrid, type LowResLogits, movedLogits, validHw } from "../masks";
import type { Candidate, Prompt, PromptPoint } from "../session";
import type { DecodeAnswer, EmbeddingRef } from "./port";

/** A part of an image, in whole pixels, with an embedding of its own. */
export interface ImageRegion {
  readonly embedding: EmbeddingRef;
  readonly imageKey: string;
  readonly imageHw: SizeHw;
  readonly box: ImageBox;
}

/** A part that prompts can be decoded on. */
export interface OpenPart extends ImageRegion {
  /** Where its logits lie; null: logits of another part cannot be moved onto them. */
  readonly grid: LogitsGrid | null;
}

export function isInside({ x0, y0, x1, y1 }: ImageBox, { points, box }: Pick<Prompt, "points" | "box">): boolean {
  const isIn = (x: number, y: number): boolean => x >= x0 && y >= y0 && x <= x1 && y <= y1;
  return (
    points.every(({ point }) => isIn(point.x, point.y)) && (!box || (isIn(box.x0, box.y0) && isIn(box.x1, box.y1)))
  );
}

/** The prompt without the background points that lie outside of the part, where there is only background; the last one counts. */
export function withoutFarBackground(part: ImageBox, prompt: Prompt): Prompt {
  const last = prompt.points.at(-1);
  const isNeeded = (each: PromptPoint): boolean =>
    each.label === 1 || each === last || isInside(part, { points: [each], box: null });
  return { ...prompt, points: prompt.points.filter(isNeeded) };
}

/** The prompt as the part's embedding takes it. */
export function movedInto(part: OpenPart, prompt: Prompt): Prompt {
  const { x0, y0 } = part.box;
  const { box } = prompt;
  return {
    ...prompt,
    points: prompt.points.map(({ point, label }) => ({ label, point: imagePoint(point.x - x0, point.y - y0) })),
    box: box && { x0: box.x0 - x0, y0: box.y0 - y0, x1: box.x1 - x0, y1: box.y1 - y0 },
    previousLogits: logitsFor(part.grid, prompt.previousLogits, sharesOf(part)),
  };
}

/** Earlier logits as those of this part, or of the whole image, are; null where they cannot be moved. */
export function logitsFor(
  grid: LogitsGrid | null,
  logits: LowResLogits | null,
  within: ImageBox | undefined,
): LowResLogits | null {
  if (!logits || isSameBox(logits.within, within)) return logits;
  return grid && movedLogits(logits, { ...grid, ...(within && { within }) });
}

export const isOfPart = (part: ImageRegion, { within }: LowResLogits): boolean => isSameBox(within, sharesOf(part));

/** The answer with its masks put in their place in the image. */
export function placed(answer: DecodeAnswer, part: ImageRegion): DecodeAnswer {
  const within = sharesOf(part);
  const place = (candidate: Candidate): Candidate => ({
    ...candidate,
    lowResLogits: { ...candidate.lowResLogits, within },
  });
  return { ...answer, candidates: answer.candidates.map(place) };
}

/** Whether the best mask reaches a side of the part that is no side of the image. */
export function isCutOff({ candidates }: DecodeAnswer, { box, imageHw: [height, width] }: ImageRegion): boolean {
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

function sharesOf({ box, imageHw: [height, width] }: ImageRegion): ImageBox {
  return { x0: box.x0 / width, y0: box.y0 / height, x1: box.x1 / width, y1: box.y1 / height };
}

function isSameBox(a: ImageBox | undefined, b: ImageBox | undefined): boolean {
  if (!a || !b) return a === b;
  return a.x0 === b.x0 && a.y0 === b.y0 && a.x1 === b.x1 && a.y1 === b.y1;
}
