import type { ImageBox, ImagePoint } from "../geometry";
import type { LowResLogits } from "../masks";
import { type CandidateSet, chosenCandidate } from "./candidates";

/** 1 foreground, 0 background. */
export type PointLabel = 0 | 1;

export interface PromptPoint {
  readonly point: ImagePoint;
  readonly label: PointLabel;
}

/** An existing annotation whose mask the prompt makes better. */
export interface RefinedMask {
  readonly id: string;
  /** Its mask as the segmenter takes one. */
  readonly logits: LowResLogits;
}

/** All that the user gave for one mask, and what the decoder answered so far. Never changed in place. */
export interface Prompt {
  readonly points: readonly PromptPoint[];
  readonly box: ImageBox | null;
  /** Low-res logits of the candidate that was chosen when the last point came; null on the first round. */
  readonly previousLogits: LowResLogits | null;
  /** The answer to this very prompt; null until it has come. */
  readonly candidates: CandidateSet | null;
  /** Left out: the prompt makes a new annotation. */
  readonly refines?: RefinedMask;
}

export const EMPTY_PROMPT: Prompt = { points: [], box: null, previousLogits: null, candidates: null };

/** Nothing was given and no mask is being refined. */
export const isEmptyPrompt = (prompt: Prompt): boolean => !isQuestion(prompt) && !prompt.refines;

/** Whether there is something to ask the decoder. */
export const isQuestion = (prompt: Prompt): boolean => prompt.points.length > 0 || prompt.box !== null;

/** Whether both ask the decoder for the same, whatever it has answered. */
export function isSameQuestion(a: Prompt, b: Prompt): boolean {
  return a === b || (a.points === b.points && a.box === b.box && a.previousLogits === b.previousLogits);
}

/** The mask as it is comes first; points and boxes then say what is wrong with it. */
export function refining(refines: RefinedMask): Prompt {
  return { ...EMPTY_PROMPT, previousLogits: refines.logits, refines };
}

/** A further point refines: the logits of the candidate that the user looks at are fed back. */
export function withPoint(prompt: Prompt, added: PromptPoint): Prompt {
  return withPoints(prompt, [added]);
}

/** Several at once: the points of a scribble. */
export function withPoints(prompt: Prompt, added: readonly PromptPoint[]): Prompt {
  return {
    ...prompt,
    points: [...prompt.points, ...added],
    previousLogits: shownLogits(prompt),
    candidates: null,
  };
}

/** Other points than before: logits that were made from the old ones say nothing any more. */
export function replacePoints(prompt: Prompt, points: readonly PromptPoint[]): Prompt {
  return { ...prompt, points, previousLogits: prompt.refines?.logits ?? null, candidates: null };
}

/** A box starts a mask anew: earlier points and logits spoke of another extent. What it refines stays. */
export function withBox(box: ImageBox, { refines }: Prompt = EMPTY_PROMPT): Prompt {
  return { ...EMPTY_PROMPT, box, ...(refines && { refines }) };
}

export function withCandidates(prompt: Prompt, candidates: CandidateSet): Prompt {
  return { ...prompt, candidates };
}

/** The mask that is on the screen for this prompt: the chosen candidate, or until it has come the one before. */
export function shownLogits(prompt: Prompt): LowResLogits | null {
  const shown = prompt.candidates && chosenCandidate(prompt.candidates);
  return shown?.lowResLogits ?? prompt.previousLogits;
}
