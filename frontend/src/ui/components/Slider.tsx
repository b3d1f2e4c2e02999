import { useId } from "react";
import styles from "./Slider.module.css";

export interface SliderProps {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly value: number;
  /** The value as people read it. */
  readonly shown: string;
  readonly onChange: (value: number) => void;
}

/** A number that is felt rather than typed. */
export function Slider({ label, shown, onChange, ...range }: SliderProps) {
  const id = useId();
  return (
    <div className={styles.row}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <output htmlFor={id} className={styles.value}>
        {shown}
      </output>
      <input
        id={id}
        type="range"
        className={styles.slider}
        aria-valuetext={shown}
        {...range}
        onChange={(event) => onChange(Number(event.target.value))}
      />
    </div>
  );
}
