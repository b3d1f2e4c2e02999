import { Plus, X } from "lucide-react";
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import { type Command, type Keymap, shortcutOf } from "../../editor";
import { t } from "../../words";
import { Button, IconButton, Kbd } from "../components";
import styles from "./ShortcutEditor.module.css";
import { shortcutInWords } from "./shortcutInWords";

export interface ShortcutEditorProps {
  readonly keymap: Keymap;
  readonly command: Command;
}

/** What the row waits for: nothing, keys, or whether to take keys from another command. */
type Waiting = { kind: "nothing" } | { kind: "keys" } | { kind: "decision"; shortcut: string; owner: Command };

/** The keys of one command, to be taken away and added. Keys that run another command are asked about first. */
export function ShortcutEditor({ keymap, command }: ShortcutEditorProps) {
  const [waiting, setWaiting] = useState<Waiting>({ kind: "nothing" });
  const addButton = useRef<HTMLButtonElement>(null);
  useFocusAfterwards(addButton, waiting.kind === "nothing");
  const rest = (): void => setWaiting({ kind: "nothing" });
  const add = (shortcut: string): void => {
    keymap.add(command.id, shortcut);
    rest();
  };
  const hear = (shortcut: string): void => {
    const owner = keymap.ownerOf(shortcut);
    if (owner && owner.id !== command.id) setWaiting({ kind: "decision", shortcut, owner });
    else add(shortcut);
  };
  switch (waiting.kind) {
    case "keys":
      return <Recorder label={command.label} onKeys={hear} onCancel={rest} />;
    case "decision":
      return (
        <span className={styles.decision} role="alert">
          {t("{keys} is used for: {label}.", {
            keys: shortcutInWords(waiting.shortcut),
            label: waiting.owner.label,
          })}
          <Button onClick={() => add(waiting.shortcut)}>{t("Take it")}</Button>
          <Button variant="quiet" onClick={rest}>
            {t("Leave it")}
          </Button>
        </span>
      );
    case "nothing":
      return (
        <span className={styles.keys}>
          {keymap.shortcutsOf(command.id).map((shortcut) => (
            <Chip
              key={shortcut}
              label={command.label}
              shortcut={shortcut}
              onRemove={() => keymap.remove(command.id, shortcut)}
            />
          ))}
          <IconButton
            label={t("Add a shortcut: {label}", { label: command.label })}
            ref={addButton}
            icon={<Plus />}
            tooltipSide="left"
            onClick={() => setWaiting({ kind: "keys" })}
          />
        </span>
      );
    default:
      return waiting satisfies never;
  }
}

/** What had the focus is gone when the row rests again: the focus comes back to where it began. */
function useFocusAfterwards(target: RefObject<HTMLElement | null>, isAtRest: boolean): void {
  const wasAtRest = useRef(isAtRest);
  useEffect(() => {
    const isLost = document.activeElement === null || document.activeElement === document.body;
    if (isAtRest && !wasAtRest.current && isLost) target.current?.focus();
    wasAtRest.current = isAtRest;
  }, [target, isAtRest]);
}

interface ChipProps {
  readonly label: string;
  readonly shortcut: string;
  readonly onRemove: () => void;
}

function Chip({ label, shortcut, onRemove }: ChipProps) {
  const keys = shortcutInWords(shortcut);
  return (
    <button
      type="button"
      className={styles.chip}
      aria-label={t("Remove {keys} from: {label}", { keys, label })}
      onClick={onRemove}
    >
      <Kbd keys={keys} />
      <X aria-hidden="true" />
    </button>
  );
}

interface RecorderProps {
  readonly label: string;
  readonly onKeys: (shortcut: string) => void;
  readonly onCancel: () => void;
}

const MODIFIERS = ["Control", "Shift", "Alt", "Meta", "AltGraph", "CapsLock"];

/** Takes the next keys, whatever they are. Escape, and going elsewhere, takes none. */
function Recorder({ label, onKeys, onCancel }: RecorderProps) {
  const onKeyDown = (event: KeyboardEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    if (MODIFIERS.includes(event.key)) return;
    if (event.key === "Escape") onCancel();
    else onKeys(shortcutOf(event));
  };
  return (
    <button
      // It came because somebody asked for it, by the button that stood in its place.
      ref={(element) => element?.focus()}
      type="button"
      className={styles.recorder}
      aria-label={t("Press the keys for: {label}", { label })}
      onKeyDown={onKeyDown}
      onBlur={onCancel}
    >
      {t("Press the keys…")}
    </button>
  );
}
