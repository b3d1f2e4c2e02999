import type { ToolId } from "../../session";
import { t } from "../../words";
import type { Command } from "../command";
import type { Editor } from "../editor";
import { command } from "./define";

export function toolCommands(editor: Editor): Command[] {
  const tool = (id: ToolId, label: string, shortcut: string): Command =>
    command({ id: `tool.${id}`, group: "tool", label, shortcuts: [shortcut], run: () => editor.tools.choose(id) });
  return [
    tool("prompt", t("Prompt: click, box or scribble"), "P"),
    tool("select", t("Select annotations"), "V"),
    tool("brush", t("Brush"), "B"),
    tool("eraser", t("Eraser"), "E"),
    tool("polygon", t("Polygon"), "G"),
    tool("lasso", t("Lasso"), "L"),
    tool("wand", t("Magic wand"), "W"),
    tool("scissors", t("Scissors that follow edges"), "S"),
    tool("split", t("Split along a line"), "K"),
    command({
      id: "brush.smaller",
      group: "tool",
      label: t("Smaller brush"),
      shortcuts: ["["],
      run: () => editor.tools.scaleBrush(-1),
    }),
    command({
      id: "brush.larger",
      group: "tool",
      label: t("Larger brush"),
      shortcuts: ["]"],
      run: () => editor.tools.scaleBrush(1),
    }),
  ];
}
