import { type ReactNode, useId, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { Kbd } from "./Kbd";
import styles from "./Tooltip.module.css";

export interface TooltipProps {
  /** Null: no tooltip. */
  readonly text: string | null;
  readonly shortcut?: string;
  readonly side?: "top" | "bottom" | "left" | "right";
  readonly children: ReactNode;
}

const DELAY_MS = 350;
const GAP = 6;

/** Words for what the pointer or the keyboard rests on. The child keeps its own accessible name. */
export function Tooltip({ text, shortcut, side = "bottom", children }: TooltipProps) {
  const anchor = useRef<HTMLSpanElement>(null);
  const timer = useRef<number>(undefined);
  const [place, setPlace] = useState<{ left: number; top: number } | null>(null);
  const id = useId();

  const show = (delay: number): void => {
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => {
      const target = anchor.current?.firstElementChild;
      if (target) setPlace(placeBeside(target.getBoundingClientRect(), side));
    }, delay);
  };
  const hide = (): void => {
    window.clearTimeout(timer.current);
    setPlace(null);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens to what happens to the control inside.
    <span
      ref={anchor}
      className={styles.anchor}
      onPointerEnter={(event) => event.pointerType === "mouse" && show(DELAY_MS)}
      onPointerLeave={hide}
      onPointerDown={hide}
      onFocus={(event) => event.target.matches(":focus-visible") && show(0)}
      onBlur={hide}
      onKeyDown={hide}
    >
      {children}
      {place &&
        text &&
        createPortal(
          <span id={id} role="tooltip" className={styles.tooltip} data-side={side} style={place}>
            {text}
            {shortcut && <Kbd keys={shortcut} />}
          </span>,
          document.querySelector("dialog[open]") ?? document.body,
        )}
    </span>
  );
}

function placeBeside(box: DOMRect, side: NonNullable<TooltipProps["side"]>): { left: number; top: number } {
  // Half of the widest tooltip stays inside the window.
  const center = Math.min(Math.max(box.left + box.width / 2, 90), window.innerWidth - 90);
  switch (side) {
    case "top":
      return { left: center, top: box.top - GAP };
    case "bottom":
      return { left: center, top: box.bottom + GAP };
    case "left":
      return { left: box.left - GAP, top: box.top + box.height / 2 };
    case "right":
      return { left: box.right + GAP, top: box.top + box.height / 2 };
    default:
      return side satisfies never;
  }
}
