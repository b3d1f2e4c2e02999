import { ChevronDown } from "lucide-react";
import { useId } from "react";
import { classes } from "./classes";
import styles from "./Select.module.css";

export interface SelectOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

export interface SelectProps<Value extends string> {
  readonly label: string;
  /** The label is for screen readers only. */
  readonly hidesLabel?: boolean;
  readonly options: readonly SelectOption<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly className?: string;
}

/** The browser's own list of choices: it works with keys, touch and screen readers everywhere. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, hidesLabel = false, options, value, onChange, className } = props;
  const id = useId();
  const choose = (chosen: string): void => {
    const option = options.find((candidate) => candidate.value === chosen);
    if (option) onChange(option.value);
  };
  return (
    <div className={classes(styles.field, className)}>
      <label htmlFor={id} className={hidesLabel ? "visually-hidden" : styles.label}>
        {label}
      </label>
      <div className={styles.frame}>
        <select id={id} className={styles.select} value={value} onChange={(event) => choose(event.target.value)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDown className={styles.icon} aria-hidden="true" />
      </div>
    </div>
  );
}
