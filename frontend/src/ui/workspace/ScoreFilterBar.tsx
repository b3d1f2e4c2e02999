import { t } from "../../words";
import { Select } from "../components";
import styles from "./ScoreFilterBar.module.css";
import { inHundredths, SCORES, type ScoreFilter, scoreInWords } from "./scoreFilter";

const OPTIONS = SCORES.map(({ name, label }) => ({ value: name, label }));

export interface ScoreFilterBarProps {
  readonly filter: ScoreFilter;
  readonly onChange: (filter: ScoreFilter) => void;
}

/** Which score, and how high it may be. */
export function ScoreFilterBar({ filter, onChange }: ScoreFilterBarProps) {
  const { label, most, step } = scoreInWords(filter.score);
  return (
    <div className={styles.bar}>
      <Select
        label={t("Score")}
        hidesLabel
        className={styles.score}
        options={OPTIONS}
        value={filter.score}
        onChange={(score) => onChange({ score, max: scoreInWords(score).most })}
      />
      <input
        type="range"
        className={styles.range}
        aria-label={t("{score} at most", { score: label })}
        min={0}
        max={most}
        step={step}
        value={filter.max}
        onChange={(event) => onChange({ ...filter, max: Number(event.target.value) })}
      />
      <output className={styles.value}>≤ {inHundredths(filter.max)}</output>
    </div>
  );
}
