import type { Command } from "../command";
import type { Editor } from "../editor";
import { command } from "./define";

export function toolCommands(editor: Editor): Command[] {
  return [
    command({
      id: "tool.prompt",
      group: "annotation",
      label: "Prompt: click or draw a box",
      shortcuts: ["P"],
      run: () => editor.chooseTool("prompt"),
    }),
    command({
      id: "tool.select",
      group: "annotation",
      label: "Select annotations",
      shortcuts: ["V"],
      run: () => editor.chooseTool("select"),
    }),
  ];
}
