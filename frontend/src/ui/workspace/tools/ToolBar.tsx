import { Brush, Eraser, Lasso, MousePointer2, Pentagon, Scissors, Slice, Sparkles, WandSparkles } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useRef } from "react";
import type { Editor } from "../../../editor";
import type { ToolId } from "../../../session";
import { t } from "../../../words";
import { CommandButton } from "../CommandButton";
import { useSnapshot } from "../useSnapshot";
import styles from "./ToolBar.module.css";

interface ToolEntry {
  readonly id: ToolId;
  readonly icon: ReactNode;
}

/** In groups: the segmenter and the hand, what paints, what draws lines. */
const GROUPS: readonly (readonly ToolEntry[])[] = [
  [
    { id: "prompt", icon: <Sparkles /> },
    { id: "select", icon: <MousePointer2 /> },
  ],
  [
    { id: "brush", icon: <Brush /> },
    { id: "eraser", icon: <Eraser /> },
  ],
  [
    { id: "polygon", icon: <Pentagon /> },
    { id: "lasso", icon: <Lasso /> },
    { id: "wand", icon: <WandSparkles /> },
    { id: "scissors", icon: <Scissors /> },
    { id: "split", icon: <Slice /> },
  ],
];

/** What the pointer does: one tool is in the hand. */
export function ToolBar({ editor }: { readonly editor: Editor }) {
  const { tool } = useSnapshot(editor);
  const root = useRef<HTMLDivElement>(null);
  return (
    <div
      ref={root}
      className={styles.bar}
      role="toolbar"
      aria-label={t("Tools")}
      aria-orientation="vertical"
      onKeyDown={(event) => moveFocus(event, root.current)}
    >
      {GROUPS.map((group) => (
        <div key={group[0]?.id} className={styles.group}>
          {group.map(({ id, icon }) => (
            <CommandButton
              key={id}
              editor={editor}
              command={`tool.${id}`}
              icon={icon}
              isPressed={tool === id}
              tooltipSide="right"
            />
          ))}
        </div>
      ))}
    </div>
  );
}

/** Up and down go from button to button, as in every toolbar. */
function moveFocus(event: KeyboardEvent, root: HTMLElement | null): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  const buttons = [...(root?.querySelectorAll<HTMLElement>("button") ?? [])];
  const at = buttons.indexOf(document.activeElement as HTMLElement);
  if (step === 0 || at < 0) return;
  event.preventDefault();
  event.stopPropagation();
  event.nativeEvent.stopImmediatePropagation();
  buttons[(at + step + buttons.length) % buttons.length]?.focus();
}
