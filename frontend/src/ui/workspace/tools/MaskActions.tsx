import { Blend, Shapes, Sparkle } from "lucide-react";
import type { Editor } from "../../../editor";
import { t } from "../../../words";
import { IconButton, Menu, type MenuItem } from "../../components";
import { CommandButton } from "../CommandButton";
import { shortcutInWords } from "../shortcutInWords";
import styles from "./ToolOptions.module.css";

const SHAPE_COMMANDS = ["shape.grow", "shape.shrink", "shape.smooth", "shape.fillHoles", "shape.removeSpecks"];
const COMBINE_COMMANDS = [
  "combine.merge",
  "combine.subtract",
  "combine.intersect",
  "combine.split",
  "combine.duplicate",
  "combine.copy",
  "combine.paste",
];

/** What can be done to the selected masks as a whole. Its parent re-renders with the snapshot. */
export function MaskActions({ editor }: { readonly editor: Editor }) {
  return (
    <div className={styles.group} role="toolbar" aria-label={t("Selected masks")}>
      <CommandButton editor={editor} command="mask.refine" icon={<Sparkle />} />
      <Menu
        items={itemsOf(editor, SHAPE_COMMANDS)}
        align="start"
        trigger={(props) => <IconButton label={t("Change shape")} icon={<Shapes />} {...props} />}
      />
      <Menu
        items={itemsOf(editor, COMBINE_COMMANDS)}
        align="start"
        trigger={(props) => <IconButton label={t("Combine and copy")} icon={<Blend />} {...props} />}
      />
    </div>
  );
}

function itemsOf(editor: Editor, ids: readonly string[]): MenuItem[] {
  return ids.flatMap((id) => {
    const command = editor.commands.get(id);
    if (!command) return [];
    const [shortcut] = editor.keymap.shortcutsOf(id);
    const keys = shortcut && shortcutInWords(shortcut);
    return { label: command.label, shortcut: keys, disabledReason: command.disabledReason(), run: () => command.run() };
  });
}
