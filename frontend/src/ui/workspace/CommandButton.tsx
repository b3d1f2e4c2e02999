import type { ReactNode } from "react";
import type { Editor } from "../../editor";
import { IconButton, type IconButtonProps } from "../components";
import { shortcutInWords } from "./shortcutInWords";

export interface CommandButtonProps {
  readonly editor: Editor;
  /** Id of the command, see `editor/commands/`. */
  readonly command: string;
  readonly icon: ReactNode;
  /** Instead of the command's own label. */
  readonly label?: string;
  readonly isPressed?: boolean;
  readonly tooltipSide?: IconButtonProps["tooltipSide"];
}

/** Runs a command. Its parent re-renders with the editor's snapshot, so that the reason why it cannot run is current. */
export function CommandButton({ editor, command: id, icon, label, isPressed, tooltipSide }: CommandButtonProps) {
  const command = editor.commands.get(id);
  if (!command) throw new Error(`There is no command ${id}.`);
  const [shortcut] = editor.keymap.shortcutsOf(id);
  return (
    <IconButton
      label={label ?? command.label}
      icon={icon}
      shortcut={shortcut && shortcutInWords(shortcut)}
      aria-keyshortcuts={shortcut?.replace("Mod", "Control")}
      isPressed={isPressed}
      tooltipSide={tooltipSide}
      disabledReason={command.disabledReason()}
      onClick={() => command.run()}
    />
  );
}
