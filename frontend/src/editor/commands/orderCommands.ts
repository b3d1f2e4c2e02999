import { t } from "../../words";
import type { Direction } from "../annotationFields";
import type { Command } from "../command";
import type { Editor } from "../editor";
import { command } from "./define";

/** Lock, missing attributes, drawing order, overlaps. */
export function orderCommands(editor: Editor): Command[] {
  const needsSelection = (): string | null =>
    editor.state.session.selection ? null : t("Select an annotation first.");
  const move = (direction: Direction, label: string, shortcut: string): Command =>
    command({
      id: `order.${direction}`,
      group: "annotation",
      label,
      shortcuts: [shortcut],
      run: () => editor.fields.moveSelected(direction),
      disabledReason: needsSelection,
    });
  return [
    command({
      id: "annotation.toggleLock",
      group: "annotation",
      label: t("Lock or unlock"),
      shortcuts: ["Shift+L"],
      run: () => editor.fields.toggleLocked(),
      disabledReason: needsSelection,
    }),
    command({
      id: "annotation.nextIncomplete",
      group: "annotation",
      label: t("Next annotation with missing attributes"),
      shortcuts: ["Shift+N"],
      run: () => editor.fields.selectIncomplete(),
      disabledReason: () => (editor.fields.incomplete().length > 0 ? null : t("No required attribute is missing.")),
    }),
    move("forward", t("Bring forward"), "Mod+ArrowUp"),
    move("backward", t("Send backward"), "Mod+ArrowDown"),
    move("front", t("Bring to front"), "Mod+Shift+ArrowUp"),
    move("back", t("Send to back"), "Mod+Shift+ArrowDown"),
    command({
      id: "order.resolveOverlaps",
      group: "annotation",
      label: t("Resolve overlaps: the mask on top keeps the pixels"),
      run: () => editor.fields.resolveOverlaps(),
      disabledReason: () => (editor.state.document.annotations.size > 1 ? null : t("There are no two masks here.")),
    }),
  ];
}
