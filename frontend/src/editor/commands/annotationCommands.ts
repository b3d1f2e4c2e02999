import { t } from "../../words";
import type { Command } from "../command";
import type { Editor } from "../editor";
import { command } from "./define";

export function annotationCommands(editor: Editor): Command[] {
  return [
    command({
      id: "annotation.delete",
      group: "annotation",
      label: t("Delete annotation"),
      shortcuts: ["Delete", "Backspace"],
      run: () => editor.selecting.remove(),
      disabledReason: () => (editor.state.session.selection ? null : t("Select an annotation first.")),
    }),
  ];
}
