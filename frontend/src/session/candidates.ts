import type { LowResLogits, MaskScores } from "../masks";

/** One of up to three proposals for the same prompt. */
export interface Candidate extends MaskScores {
  readonly lowResLogits: LowResLogits;
  /** The segmenter's own estimate of the mask's IoU, about 0 to 1. */
  readonly predictedIou: number;
}

/** The decoder's answer to one prompt, best first, and which one the user looks at. */
export interface CandidateSet {
  readonly all: readonly Candidate[];
  readonly chosen: number;
  /** False while only the best one is there: the others follow. */
  readonly isComplete: boolean;
}

export function chosenCandidate(candidates: CandidateSet): Candidate | null {
  return candidates.all[candidates.chosen] ?? null;
}

/** Goes `steps` candidates forward or back, around the ends. */
export function chooseCandidate(candidates: CandidateSet, steps: number): CandidateSet {
  const count = candidates.all.length;
  if (count === 0) return candidates;
  return { ...candidates, chosen: (((candidates.chosen + steps) % count) + count) % count };
}
