import { CloudAlert, CloudCheck, CloudOff, CloudUpload } from "lucide-react";
import type { ReactNode } from "react";
import { Tooltip } from "../../ui/components";
import { useJournalStatus } from "./journalContext";
import { recallPostponed } from "./postponed";
import styles from "./SaveIndicator.module.css";
import { describeSaving, type SaveState } from "./saveState";

const ICONS: Record<SaveState, ReactNode> = {
  saved: <CloudCheck />,
  saving: <CloudUpload />,
  offline: <CloudOff />,
  conflict: <CloudAlert />,
};

/** Whether everything that was accepted has reached the server. A quiet one speaks only when something has not. */
export function SaveIndicator({ isQuiet = false }: { readonly isQuiet?: boolean }) {
  const { state, label, detail } = describeSaving(useJournalStatus());
  if (isQuiet && state === "saved") return null;
  if (state === "conflict") {
    return (
      <Tooltip text={detail} side="top">
        <button type="button" className={styles.indicator} data-state={state} onClick={recallPostponed}>
          {ICONS[state]}
          {label}
        </button>
      </Tooltip>
    );
  }
  return (
    <Tooltip text={detail} side="top">
      <span className={styles.indicator} data-state={state} role="status" aria-label={`${label}. ${detail}`}>
        {ICONS[state]}
        {label}
      </span>
    </Tooltip>
  );
}
