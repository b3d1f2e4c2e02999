import { t } from "../../words";
import type { Command } from "../command";
import type { Editor } from "../editor";
import { command } from "./define";

export function selectionCommands(editor: Editor): Command[] {
  const needsAnnotations = (): string | null =>
    editor.state.document.annotations.size > 0 ? null : t("There are no annotations.");
  const define = (id: string, label: string, shortcuts: string[], run: () => void): Command =>
    command({ id, group: "annotation", label, shortcuts, run, disabledReason: needsAnnotations });
  return [
    define("selection.next", t("Select the next annotation"), ["ArrowUp"], () => editor.selecting.step(1)),
    define("selection.previous", t("Select the previous annotation"), ["ArrowDown"], () => editor.selecting.step(-1)),
    define("selection.all", t("Select all annotations"), ["Mod+A"], () => editor.selecting.all()),
  ];
}
