import { t } from "../../words";
import type { Command } from "../command";
import type { Editor } from "../editor";
import { command } from "./define";

export function historyCommands(editor: Editor): Command[] {
  return [
    command({
      id: "history.undo",
      group: "annotation",
      label: t("Undo"),
      shortcuts: ["Mod+Z"],
      run: () => editor.timeline.undo(),
      disabledReason: () =>
        editor.gestures.isBusy || editor.state.history.done.length > 0 ? null : t("There is nothing to undo."),
    }),
    command({
      id: "history.redo",
      group: "annotation",
      label: t("Redo"),
      shortcuts: ["Mod+Shift+Z", "Mod+Y"],
      run: () => editor.timeline.redo(),
      disabledReason: () => (editor.state.history.undone.length > 0 ? null : t("There is nothing to redo.")),
    }),
  ];
}
