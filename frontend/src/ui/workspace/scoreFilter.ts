import type { Annotation } from "../../document";
import { formatNumber, t } from "../../words";

/** What the segmenter said of a mask, as provenance names it. */
export type ScoreName = "predicted_iou" | "stability_score" | "mean_logit";

export interface ScoreInWords {
  readonly name: ScoreName;
  readonly label: string;
  /** Upper end of the slider; a mean logit beyond it is as sure as it gets. */
  readonly most: number;
  readonly step: number;
}

export const SCORES: readonly ScoreInWords[] = [
  { name: "predicted_iou", label: t("Predicted IoU"), most: 1, step: 0.01 },
  { name: "stability_score", label: t("Stability"), most: 1, step: 0.01 },
  { name: "mean_logit", label: t("Mean logit"), most: 20, step: 0.5 },
];

/** Annotations whose score is at most this: the ones that are worth a second look. */
export interface ScoreFilter {
  readonly score: ScoreName;
  readonly max: number;
}

export function scoreInWords(name: ScoreName): ScoreInWords {
  const found = SCORES.find((score) => score.name === name);
  if (!found) throw new Error(`there is no score ${name}`);
  return found;
}

/** A mask without the score, drawn by hand say, is not what one looks for. */
export function passesFilter({ provenance }: Annotation, filter: ScoreFilter | null): boolean {
  if (filter === null) return true;
  const value = provenance[filter.score];
  return value !== undefined && value <= filter.max;
}

/** "predicted IoU 0.93 · stability 0.98", with what is known. */
export function scoresInWords({ provenance }: Annotation): string {
  return SCORES.flatMap(({ name, label }) => {
    const value = provenance[name];
    return value === undefined ? [] : [`${label} ${inHundredths(value)}`];
  }).join(" · ");
}

/** 0.93, or 0,93 where that is how it is written. */
export function inHundredths(value: number): string {
  return formatNumber(value, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}
