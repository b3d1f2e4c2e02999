import type { LowResLogits } from "../masks";

/** One of up to three proposals for the same prompt. */
export interface Candidate {
  readonly lowResLogits: LowResLogits;
  /** The segmenter's own estimate of the mask's IoU, about 0 to 1. */
  readonly predictedIou: number;
  readonly stabilityScore: number;
}

/** The decoder's answer to one prompt, best predicted IoU first, and which one the user looks at. */
export interface CandidateSet {
  readonly all: readonly Candidate[];
  readonly chosen: number;
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
