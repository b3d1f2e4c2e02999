import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import styles from "./Popover.module.css";
import { useAnchored } from "./useAnchored";

export interface PopoverTriggerProps {
  readonly "aria-haspopup": "dialog";
  readonly "aria-expanded": boolean;
  readonly "aria-controls": string;
  onClick(): void;
}

export interface PopoverProps {
  readonly label: string;
  /** Draws the button that opens it. */
  readonly trigger: (props: PopoverTriggerProps) => ReactNode;
  readonly children: ReactNode;
}

/** A small panel below a button. What lies behind it stays in use: it is no dialog that asks something. */
export function Popover({ label, trigger, children }: PopoverProps) {
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const panel = useRef<HTMLElement>(null);
  const id = useId();
  useAnchored(panel, root, isOpen, "end");
  useEffect(() => {
    if (!isOpen) return;
    const closeOutside = (event: PointerEvent): void => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", closeOutside);
    return () => document.removeEventListener("pointerdown", closeOutside);
  }, [isOpen]);
  const closeByEscape = (event: KeyboardEvent): void => {
    if (!isOpen || event.key !== "Escape") return;
    event.stopPropagation();
    setOpen(false);
    root.current?.querySelector<HTMLElement>("[aria-haspopup]")?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes it, from whichever control in it has the focus.
    <div ref={root} className={styles.root} onKeyDown={closeByEscape}>
      {trigger({
        "aria-haspopup": "dialog",
        "aria-expanded": isOpen,
        "aria-controls": id,
        onClick: () => setOpen(!isOpen),
      })}
      {isOpen && (
        <section ref={panel} id={id} className={styles.panel} aria-label={label}>
          {children}
        </section>
      )}
    </div>
  );
}
