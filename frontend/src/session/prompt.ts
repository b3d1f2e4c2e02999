import type { ImageBox, ImagePoint } from "../geometry";
import type { LowResLogits } from "../masks";
import { type CandidateSet, chosenCandidate } from "./candidates";

/** 1 foreground, 0 background. */
export type PointLabel = 0 | 1;

export interface PromptPoint {
  readonly point: ImagePoint;
  readonly label: PointLabel;
}

/** All that the user gave for one mask, and what the decoder answered so far. Never changed in place. */
export interface Prompt {
  readonly points: readonly PromptPoint[];
  readonly box: ImageBox | null;
  /** Low-res logits of the candidate that was chosen when the last point came; null on the first round. */
  readonly previousLogits: LowResLogits | null;
  /** The answer to this very prompt; null until it has come. */
  readonly candidates: CandidateSet | null;
}

export const EMPTY_PROMPT: Prompt = { points: [], box: null, previousLogits: null, candidates: null };

export const isEmptyPrompt = (prompt: Prompt): boolean => prompt.points.length === 0 && prompt.box === null;

/** Whether both ask the decoder for the same, whatever it has answered. */
export function isSameQuestion(a: Prompt, b: Prompt): boolean {
  return a === b || (a.points === b.points && a.box === b.box && a.previousLogits === b.previousLogits);
}

/** A further point refines: the logits of the candidate that the user looks at are fed back. */
export function withPoint(prompt: Prompt, added: PromptPoint): Prompt {
  return {
    points: [...prompt.points, added],
    box: prompt.box,
    previousLogits: shownLogits(prompt),
    candidates: null,
  };
}

/** A box starts a mask anew: earlier points and logits spoke of another extent. */
export function withBox(box: ImageBox): Prompt {
  return { points: [], box, previousLogits: null, candidates: null };
}

export function withCandidates(prompt: Prompt, candidates: CandidateSet): Prompt {
  return { ...prompt, candidates };
}

function shownLogits(prompt: Prompt): LowResLogits | null {
  const shown = prompt.candidates && chosenCandidate(prompt.candidates);
  return shown?.lowResLogits ?? prompt.previousLogits;
}
