import { t } from "../../words";
import type { Command } from "../command";
import type { Editor } from "../editor";
import { command } from "./define";

/** Changes of the selected masks: with the segmenter, and by their shape alone. */
export function shapeCommands(editor: Editor): Command[] {
  const needsSelection = (): string | null =>
    editor.state.session.selection ? null : t("Select an annotation first.");
  const shape = (id: string, label: string, shortcut: string, run: () => void): Command =>
    command({ id: `shape.${id}`, group: "mask", label, shortcuts: [shortcut], run, disabledReason: needsSelection });
  return [
    command({
      id: "mask.refine",
      group: "mask",
      label: t("Refine the selected mask"),
      shortcuts: ["R"],
      run: () => void editor.refining.begin(),
      disabledReason: () => editor.refining.whyNot(),
    }),
    shape("grow", t("Grow mask"), ">", () => editor.shaping.grow()),
    shape("shrink", t("Shrink mask"), "<", () => editor.shaping.shrink()),
    shape("smooth", t("Smooth mask"), "Shift+S", () => editor.shaping.smooth()),
    shape("fillHoles", t("Fill holes"), "Shift+H", () => editor.shaping.fillHoles()),
    shape("removeSpecks", t("Remove specks"), "Shift+X", () => editor.shaping.removeSpecks()),
  ];
}
