import { classes } from "./classes";
import styles from "./ProgressBar.module.css";

export interface ProgressBarProps {
  readonly label: string;
  /** From 0 to 1; null while nobody knows how long it takes. */
  readonly value: number | null;
  readonly tone?: "accent" | "success" | "danger";
}

export function ProgressBar({ label, value, tone = "accent" }: ProgressBarProps) {
  const percent = value === null ? undefined : Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      className={styles.track}
    >
      <div
        className={classes(styles.fill, styles[tone], percent === undefined && styles.unknown)}
        style={percent === undefined ? undefined : { width: `${percent}%` }}
      />
    </div>
  );
}
