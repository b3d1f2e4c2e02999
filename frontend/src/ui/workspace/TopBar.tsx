import {
  ChevronLeft,
  ChevronRight,
  CircleHelp,
  Command,
  Maximize,
  PanelRight,
  Redo2,
  Undo2,
  ZoomIn,
  ZoomOut,
} from "lucide-react";
import type { ReactNode } from "react";
import type { Editor } from "../../editor";
import { t } from "../../words";
import { IconButton } from "../components";
import { CommandButton } from "./CommandButton";
import { LookPopover } from "./look/LookPopover";
import styles from "./TopBar.module.css";
import { useSnapshot } from "./useSnapshot";

export interface TopBarProps {
  readonly editor: Editor;
  /** The way back to the project. */
  readonly home: ReactNode;
  /** Colours, account. */
  readonly end: ReactNode;
  readonly isPanelOpen: boolean;
  readonly onTogglePanel: () => void;
}

export function TopBar({ editor, home, end, isPanelOpen, onTogglePanel }: TopBarProps) {
  const { image, neighbours, undoLabel, redoLabel } = useSnapshot(editor);
  return (
    <header className={styles.bar}>
      <div className={styles.start}>
        {home}
        <span className={styles.file} title={image?.filename}>
          {image?.filename ?? ""}
        </span>
      </div>
      <nav className={styles.group} aria-label={t("Images")}>
        <CommandButton editor={editor} command="image.previous" icon={<ChevronLeft />} />
        <span className={styles.position} data-testid="position">
          {neighbours ? t("{position} of {total}", { position: neighbours.position, total: neighbours.total }) : "–"}
        </span>
        <CommandButton editor={editor} command="image.next" icon={<ChevronRight />} />
      </nav>
      <div className={styles.end}>
        <div className={styles.group} role="toolbar" aria-label={t("History and zoom")}>
          <CommandButton
            editor={editor}
            command="history.undo"
            icon={<Undo2 />}
            label={undoLabel ? t("Undo: {step}", { step: undoLabel }) : t("Undo")}
          />
          <CommandButton
            editor={editor}
            command="history.redo"
            icon={<Redo2 />}
            label={redoLabel ? t("Redo: {step}", { step: redoLabel }) : t("Redo")}
          />
          <span className={styles.divider} />
          <span className={styles.zoom}>
            <CommandButton editor={editor} command="view.zoomOut" icon={<ZoomOut />} />
            <CommandButton editor={editor} command="view.zoomIn" icon={<ZoomIn />} />
          </span>
          <CommandButton editor={editor} command="view.fit" icon={<Maximize />} />
          <LookPopover editor={editor} />
        </div>
        <CommandButton editor={editor} command="place.commands" icon={<Command />} />
        <CommandButton editor={editor} command="place.shortcuts" icon={<CircleHelp />} />
        {end}
        <IconButton
          className={styles.panelToggle}
          label={t("Categories and annotations")}
          icon={<PanelRight />}
          isPressed={isPanelOpen}
          onClick={onTogglePanel}
        />
      </div>
    </header>
  );
}
