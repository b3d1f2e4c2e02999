import { useCallback, useState } from "react";
import { flushSync } from "react-dom";
import type { WorkspacePlace } from "../../editor";

export type WorkspaceDialog = "commands" | "shortcuts";
export type PanelTab = "annotations" | "history" | "comments";

export interface Places {
  readonly dialog: WorkspaceDialog | null;
  readonly tab: PanelTab;
  /** On a narrow screen the panel is a drawer. */
  readonly isPanelOpen: boolean;
  closeDialog(): void;
  showTab(tab: PanelTab): void;
  togglePanel(): void;
  /** Opens the place, and puts the focus there. The same function for ever. */
  reveal(place: WorkspacePlace): void;
}

/** Which dialog, tab and drawer of the workspace are open. */
export function usePlaces(): Places {
  const [dialog, setDialog] = useState<WorkspaceDialog | null>(null);
  const [tab, showTab] = useState<PanelTab>("annotations");
  const [isPanelOpen, setPanelOpen] = useState(false);
  const reveal = useCallback((place: WorkspacePlace): void => {
    if (place === "commands" || place === "shortcuts") {
      setDialog(place);
      return;
    }
    flushSync(() => {
      setPanelOpen(true);
      if (place !== "categories") showTab(place);
    });
    document.querySelector<HTMLElement>(`[data-place="${place}"]`)?.focus();
  }, []);
  return {
    dialog,
    tab,
    isPanelOpen,
    closeDialog: () => setDialog(null),
    showTab,
    togglePanel: () => setPanelOpen(!isPanelOpen),
    reveal,
  };
}
