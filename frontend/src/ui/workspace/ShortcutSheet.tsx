import type { Command, CommandGroup, Editor } from "../../editor";
import { Dialog, Kbd } from "../components";
import styles from "./ShortcutSheet.module.css";
import { shortcutInWords } from "./shortcutInWords";

const GROUPS: readonly { readonly id: CommandGroup; readonly title: string }[] = [
  { id: "mask", title: "Masks" },
  { id: "annotation", title: "Annotations" },
  { id: "view", title: "View" },
  { id: "image", title: "Images" },
];

const POINTER: readonly (readonly [keys: string, does: string])[] = [
  ["Click", "Add a point on the object"],
  ["Alt+Click", "Remove: add a point on the background"],
  ["Right click", "The same as Alt+Click"],
  ["Drag", "Draw a box around the object"],
  ["Wheel", "Next candidate; scroll when there is none"],
  ["Ctrl+Wheel", "Zoom"],
  ["Space+Drag", "Move the image"],
];

/** All that keys and pointer do, as the editor itself lists it. */
export function ShortcutSheet({ editor, onClose }: { readonly editor: Editor; readonly onClose: () => void }) {
  const commands = [...editor.commands.values()].filter(({ shortcuts }) => shortcuts.length > 0);
  return (
    <Dialog title="Keyboard shortcuts" size="medium" onClose={onClose}>
      <div className={styles.columns}>
        <Group title="Pointer" rows={POINTER.map(([keys, does]) => ({ keys: [keys], does }))} />
        {GROUPS.map(({ id, title }) => (
          <Group key={id} title={title} rows={rowsOf(commands.filter(({ group }) => group === id))} />
        ))}
      </div>
    </Dialog>
  );
}

interface Row {
  readonly keys: readonly string[];
  readonly does: string;
}

/** The nine number keys make one row. */
function rowsOf(commands: readonly Command[]): Row[] {
  const rows = commands
    .filter(({ id }) => !id.startsWith("category."))
    .map(({ shortcuts, label }) => ({ keys: shortcuts.map(shortcutInWords), does: label }));
  const hasNumbers = rows.length < commands.length;
  return hasNumbers ? [...rows, { keys: ["1–9"], does: "Choose the category" }] : rows;
}

function Group({ title, rows }: { readonly title: string; readonly rows: readonly Row[] }) {
  return (
    <section className={styles.group}>
      <h3 className={styles.title}>{title}</h3>
      <dl className={styles.rows}>
        {rows.map(({ keys, does }) => (
          <div key={does} className={styles.row}>
            <dt>{does}</dt>
            <dd>
              {keys.map((key) => (
                <Kbd key={key} keys={key} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
