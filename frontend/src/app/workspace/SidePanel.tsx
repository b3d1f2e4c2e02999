import { X } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { IconButton } from "../../ui/components";
import { t } from "../../words";
import styles from "./SidePanel.module.css";

export interface SidePanelProps {
  /** On a narrow screen the panel lies over the image, and can be closed. */
  readonly isDrawer: boolean;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Beside the image, or a drawer over it: then Escape and a touch outside close it, and it takes the focus. */
export function SidePanel({ isDrawer, isOpen, onClose, children }: SidePanelProps) {
  const panel = useRef<HTMLElement>(null);
  const isShown = isDrawer && isOpen;
  useEffect(() => {
    if (isShown && !panel.current?.contains(document.activeElement)) panel.current?.focus();
  }, [isShown]);
  if (isDrawer && !isOpen) return null;
  return (
    <>
      {isDrawer && <div className={styles.scrim} aria-hidden="true" onPointerDown={onClose} />}
      <aside
        ref={panel}
        className={styles.panel}
        data-drawer={isDrawer || undefined}
        tabIndex={-1}
        aria-label={t("Categories and annotations")}
        onKeyDown={(event) => {
          if (!isDrawer || event.key !== "Escape") return;
          event.stopPropagation();
          onClose();
        }}
      >
        {isDrawer && (
          <div className={styles.close}>
            <IconButton label={t("Close")} icon={<X />} tooltipSide="left" onClick={onClose} />
          </div>
        )}
        {children}
      </aside>
    </>
  );
}
