import { t } from "../../words";
import type { Command } from "../command";
import type { Editor } from "../editor";
import { command } from "./define";

export function commentCommands(editor: Editor): Command[] {
  return [
    command({
      id: "comment.add",
      group: "image",
      label: t("Comment on a place"),
      shortcuts: ["T"],
      run: () => editor.commenting.startPlacing(),
      disabledReason: () => {
        if (!editor.state.commenting.isAllowed) return t("You may only look at this project.");
        return editor.state.image ? null : t("No image is open.");
      },
    }),
    command({
      id: "comment.togglePins",
      group: "image",
      label: t("Show or hide comments"),
      shortcuts: ["Shift+T"],
      run: () => editor.commenting.togglePins(),
    }),
  ];
}
