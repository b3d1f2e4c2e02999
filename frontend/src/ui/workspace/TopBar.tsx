import {
  ChevronLeft,
  ChevronRight,
  CircleHelp,
  Command,
  Maximize,
  MousePointer2,
  PanelRight,
  Redo2,
  Sparkles,
  Undo2,
  ZoomIn,
  ZoomOut,
} from "lucide-react";
import type { ReactNode } from "react";
import type { Editor } from "../../editor";
import { IconButton } from "../components";
import { CommandButton } from "./CommandButton";
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
  const { image, neighbours, tool, undoLabel, redoLabel } = useSnapshot(editor);
  return (
    <header className={styles.bar}>
      <div className={styles.start}>
        {home}
        <span className={styles.file} title={image?.filename}>
          {image?.filename ?? ""}
        </span>
      </div>
      <nav className={styles.group} aria-label="Images">
        <CommandButton editor={editor} command="image.previous" icon={<ChevronLeft />} />
        <span className={styles.position} data-testid="position">
          {neighbours ? `${neighbours.position} of ${neighbours.total}` : "–"}
        </span>
        <CommandButton editor={editor} command="image.next" icon={<ChevronRight />} />
      </nav>
      <div className={styles.end}>
        <div className={styles.group} role="toolbar" aria-label="Tools">
          <CommandButton editor={editor} command="tool.prompt" icon={<Sparkles />} isPressed={tool === "prompt"} />
          <CommandButton editor={editor} command="tool.select" icon={<MousePointer2 />} isPressed={tool === "select"} />
          <span className={styles.divider} />
          <CommandButton
            editor={editor}
            command="history.undo"
            icon={<Undo2 />}
            label={undoLabel ? `Undo: ${lowered(undoLabel)}` : "Undo"}
          />
          <CommandButton
            editor={editor}
            command="history.redo"
            icon={<Redo2 />}
            label={redoLabel ? `Redo: ${lowered(redoLabel)}` : "Redo"}
          />
          <span className={styles.divider} />
          <span className={styles.zoom}>
            <CommandButton editor={editor} command="view.zoomOut" icon={<ZoomOut />} />
            <CommandButton editor={editor} command="view.zoomIn" icon={<ZoomIn />} />
          </span>
          <CommandButton editor={editor} command="view.fit" icon={<Maximize />} />
        </div>
        <CommandButton editor={editor} command="place.commands" icon={<Command />} />
        <CommandButton editor={editor} command="place.shortcuts" icon={<CircleHelp />} />
        {end}
        <IconButton
          className={styles.panelToggle}
          label="Categories and annotations"
          icon={<PanelRight />}
          isPressed={isPanelOpen}
          onClick={onTogglePanel}
        />
      </div>
    </header>
  );
}

function lowered(label: string): string {
  return label.charAt(0).toLowerCase() + label.slice(1);
}
