import type { Command } from "../command";
import type { Editor } from "../editor";
import { command } from "./define";

export function annotationCommands(editor: Editor): Command[] {
  return [
    command({
      id: "annotation.delete",
      group: "annotation",
      label: "Delete annotation",
      shortcuts: ["Delete", "Backspace"],
      run: () => editor.removeSelected(),
      disabledReason: () => (editor.state.session.selection ? null : "Select an annotation first."),
    }),
  ];
}
