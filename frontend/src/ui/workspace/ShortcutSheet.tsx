import { Pencil, RotateCcw, Search } from "lucide-react";
import { useState } from "react";
import type { Command, Editor } from "../../editor";
import { t } from "../../words";
import { Button, Dialog, Kbd, TextField } from "../components";
import { COMMAND_GROUPS, searchCommands } from "./commandSearch";
import { ShortcutEditor } from "./ShortcutEditor";
import styles from "./ShortcutSheet.module.css";
import { shortcutInWords } from "./shortcutInWords";
import { useSnapshot } from "./useSnapshot";

const POINTER: readonly (readonly [keys: string, does: string])[] = [
  [t("Click"), t("Add a point on the object")],
  [t("Alt+Click"), t("Remove: add a point on the background")],
  [t("Right click"), t("The same as Alt+Click")],
  [t("Drag"), t("Draw a box around the object")],
  [t("Wheel"), t("Next candidate; zoom when there is none")],
  [t("Ctrl+Wheel"), t("Zoom")],
  [t("Space+Drag"), t("Move the image")],
  [t("Two fingers"), t("Zoom and move the image")],
];

/** All that keys and pointer do, as the editor itself lists it. Keys can be changed here. */
export function ShortcutSheet({ editor, onClose }: { readonly editor: Editor; readonly onClose: () => void }) {
  const { chosenShortcuts } = useSnapshot(editor);
  const [isEditing, setEditing] = useState(false);
  const [text, setText] = useState("");
  const isChanged = Object.keys(chosenShortcuts).length > 0;
  const footer = (
    <>
      {isChanged && (
        <Button variant="quiet" icon={<RotateCcw />} onClick={() => editor.keymap.reset()}>
          {t("Reset all shortcuts")}
        </Button>
      )}
      <Button icon={isEditing ? undefined : <Pencil />} onClick={() => setEditing(!isEditing)}>
        {isEditing ? t("Done") : t("Change shortcuts")}
      </Button>
    </>
  );
  return (
    <Dialog title={t("Keyboard shortcuts")} size="medium" onClose={onClose} footer={footer}>
      <TextField
        label={t("Search the shortcuts")}
        hidesLabel
        isFirst
        type="search"
        icon={<Search />}
        placeholder={t("Search")}
        className={styles.search}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {isEditing && (
        <p className={styles.help}>{t("Choose Add, then press the keys. The changes are kept in this browser.")}</p>
      )}
      <div className={isEditing ? undefined : styles.columns}>
        {!isEditing && text === "" && <PointerGroup />}
        {COMMAND_GROUPS.map(({ id, title }) => (
          <Group
            key={id}
            editor={editor}
            title={title}
            isEditing={isEditing}
            commands={searchCommands(commandsOf(editor, id), text)}
          />
        ))}
      </div>
    </Dialog>
  );
}

/** The nine number keys make one row of their own, and are no use elsewhere. */
function commandsOf(editor: Editor, group: Command["group"]): Command[] {
  return [...editor.commands.values()].filter((command) => command.group === group && !isNumberKey(command));
}

function isNumberKey({ id }: Command): boolean {
  return /^category\.\d$/.test(id);
}

interface GroupProps {
  readonly editor: Editor;
  readonly title: string;
  readonly commands: readonly Command[];
  readonly isEditing: boolean;
}

function Group({ editor, title, commands, isEditing }: GroupProps) {
  const hasNumbers = commands.some(({ id }) => id === "annotation.delete");
  const shown = commands.filter(({ id }) => isEditing || editor.keymap.shortcutsOf(id).length > 0);
  if (shown.length === 0) return null;
  return (
    <section className={styles.group}>
      <h3 className={styles.title}>{title}</h3>
      <dl className={styles.rows}>
        {shown.map((command) => (
          <div key={command.id} className={styles.row}>
            <dt>{command.label}</dt>
            <dd>
              {isEditing ? (
                <ShortcutEditor keymap={editor.keymap} command={command} />
              ) : (
                editor.keymap.shortcutsOf(command.id).map((key) => <Kbd key={key} keys={shortcutInWords(key)} />)
              )}
            </dd>
          </div>
        ))}
        {hasNumbers && !isEditing && <FixedRow keys="1–9" does={t("Choose the category")} />}
      </dl>
    </section>
  );
}

function PointerGroup() {
  return (
    <section className={styles.group}>
      <h3 className={styles.title}>{t("Pointer")}</h3>
      <dl className={styles.rows}>
        {POINTER.map(([keys, does]) => (
          <FixedRow key={keys} keys={keys} does={does} />
        ))}
      </dl>
    </section>
  );
}

function FixedRow({ keys, does }: { readonly keys: string; readonly does: string }) {
  return (
    <div className={styles.row}>
      <dt>{does}</dt>
      <dd>
        <Kbd keys={keys} />
      </dd>
    </div>
  );
}
