import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";
import styles from "./Button.module.css";
import { classes } from "./classes";
import { Spinner } from "./Spinner";
import { Tooltip, type TooltipProps } from "./Tooltip";

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "disabled"> {
  readonly variant?: "primary" | "secondary" | "quiet" | "danger";
  readonly icon?: ReactNode;
  /** Works on something: the button cannot be pressed, and says so. */
  readonly isBusy?: boolean;
  /** Why it cannot be pressed now; null or undefined when it can. */
  readonly disabledReason?: string | null;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button({
  variant = "secondary",
  icon,
  isBusy = false,
  disabledReason,
  children,
  className,
  onClick,
  ...rest
}: ButtonProps) {
  const isDisabled = isBusy || Boolean(disabledReason);
  return (
    <Tooltip text={disabledReason ?? null}>
      <button
        type="button"
        className={classes(styles.button, styles[variant], className)}
        // Not `disabled`: a button that cannot be focused cannot tell anybody why.
        aria-disabled={isDisabled || undefined}
        aria-busy={isBusy || undefined}
        onClick={isDisabled ? (event) => event.preventDefault() : onClick}
        {...rest}
      >
        {isBusy ? <Spinner /> : icon}
        {children}
      </button>
    </Tooltip>
  );
}

export interface IconButtonProps extends Omit<ButtonProps, "children" | "icon" | "variant"> {
  readonly label: string;
  readonly icon: ReactNode;
  /** Shown after the label in the tooltip. */
  readonly shortcut?: string;
  readonly isPressed?: boolean;
  readonly tooltipSide?: TooltipProps["side"];
}

export function IconButton({
  label,
  icon,
  shortcut,
  isPressed,
  isBusy = false,
  disabledReason,
  className,
  onClick,
  tooltipSide,
  ...rest
}: IconButtonProps) {
  const isDisabled = isBusy || Boolean(disabledReason);
  const tip = disabledReason ? `${label}: ${disabledReason}` : label;
  return (
    <Tooltip text={tip} shortcut={shortcut} side={tooltipSide}>
      <button
        type="button"
        className={classes(styles.iconButton, className)}
        aria-label={label}
        aria-keyshortcuts={shortcut}
        aria-pressed={isPressed}
        aria-disabled={isDisabled || undefined}
        onClick={isDisabled ? (event) => event.preventDefault() : onClick}
        {...rest}
      >
        {isBusy ? <Spinner /> : icon}
      </button>
    </Tooltip>
  );
}
