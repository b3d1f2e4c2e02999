import { Search } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import type { Command, Editor } from "../../editor";
import { t } from "../../words";
import { Dialog, Kbd, TextField } from "../components";
import styles from "./CommandPalette.module.css";
import { COMMAND_GROUPS, searchCommands } from "./commandSearch";
import { shortcutInWords } from "./shortcutInWords";

export interface CommandPaletteProps {
  readonly editor: Editor;
  readonly onClose: () => void;
}

/** Every command by its name: type a part of it, arrows choose, Enter runs it (WAI-ARIA APG, Combobox). */
export function CommandPalette({ editor, onClose }: CommandPaletteProps) {
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState(0);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const found = searchCommands(inOrder(editor), text);
  useEffect(() => {
    list.current?.querySelector(`#${CSS.escape(`${id}-${chosen}`)}`)?.scrollIntoView({ block: "nearest" });
  }, [chosen, id]);

  const run = (command: Command | undefined): void => {
    if (!command || command.disabledReason() !== null) return;
    onClose();
    // After the dialog has given the focus back, which the command may want for itself.
    setTimeout(() => command.run());
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Enter") run(found[chosen]);
    else if (step !== undefined && found.length > 0) setChosen((chosen + step + found.length) % found.length);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={t("Commands")} size="medium" onClose={onClose}>
      <TextField
        label={t("Search all commands")}
        hidesLabel
        isFirst
        icon={<Search />}
        placeholder={t("What would you like to do?")}
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={found.length > 0 ? `${id}-${chosen}` : undefined}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div ref={list} id={`${id}-list`} className={styles.list} role="listbox" aria-label={t("Commands")}>
        {found.map((command, index) => (
          <Option
            key={command.id}
            id={`${id}-${index}`}
            command={command}
            shortcut={editor.keymap.shortcutsOf(command.id)[0]}
            isChosen={index === chosen}
            onPick={() => run(command)}
            onPoint={() => setChosen(index)}
          />
        ))}
      </div>
      {found.length === 0 && <p className={styles.none}>{t("No command is called like that.")}</p>}
    </Dialog>
  );
}

interface OptionProps {
  readonly id: string;
  readonly command: Command;
  readonly shortcut: string | undefined;
  readonly isChosen: boolean;
  readonly onPick: () => void;
  readonly onPoint: () => void;
}

function Option({ id, command, shortcut, isChosen, onPick, onPoint }: OptionProps) {
  const reason = command.disabledReason();
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the focus, and takes the keys.
    <div
      id={id}
      className={styles.option}
      role="option"
      tabIndex={-1}
      aria-selected={isChosen}
      aria-disabled={reason !== null || undefined}
      onClick={onPick}
      onPointerMove={onPoint}
    >
      <span className={styles.label}>{command.label}</span>
      {reason !== null && <span className={styles.reason}>{reason}</span>}
      {shortcut && <Kbd keys={shortcutInWords(shortcut)} />}
    </div>
  );
}

/** What can be done now comes first, then as the groups come. Opening this list again is no use. */
function inOrder(editor: Editor): Command[] {
  const commands = [...editor.commands.values()].filter(({ id }) => id !== "place.commands");
  const grouped = COMMAND_GROUPS.flatMap(({ id }) => commands.filter(({ group }) => group === id));
  const isPossible = (command: Command): boolean => command.disabledReason() === null;
  return [...grouped.filter(isPossible), ...grouped.filter((command) => !isPossible(command))];
}
