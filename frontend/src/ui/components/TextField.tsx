import { type InputHTMLAttributes, type ReactNode, type Ref, useId } from "react";
import { classes } from "./classes";
import styles from "./TextField.module.css";

export interface TextFieldProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly label: string;
  /** The label is for screen readers only. */
  readonly hidesLabel?: boolean;
  readonly error?: string | null;
  readonly icon?: ReactNode;
  /** Takes the focus when the dialog around it opens. */
  readonly isFirst?: boolean;
  readonly ref?: Ref<HTMLInputElement>;
}

export function TextField({ label, hidesLabel = false, error, icon, isFirst, className, ...rest }: TextFieldProps) {
  const id = useId();
  return (
    <div className={classes(styles.field, className)}>
      <label htmlFor={id} className={hidesLabel ? "visually-hidden" : styles.label}>
        {label}
      </label>
      <div className={styles.frame}>
        {icon && (
          <span className={styles.icon} aria-hidden="true">
            {icon}
          </span>
        )}
        <input
          id={id}
          className={styles.input}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
          autoComplete="off"
          data-autofocus={isFirst || undefined}
          {...rest}
        />
      </div>
      {error && (
        <p id={`${id}-error`} className={styles.error} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
