import { t } from "../../words";
import type { Command } from "../command";
import type { Editor } from "../editor";
import { command } from "./define";

const ZOOM_STEP = 1.4;

export function viewCommands(editor: Editor): Command[] {
  const needsImage = (): string | null => (editor.state.image ? null : t("No image is open."));
  const define = (id: string, label: string, shortcuts: string[], run: () => void): Command =>
    command({ id, group: "view", label, shortcuts, run, disabledReason: needsImage });
  return [
    define("view.zoomIn", t("Zoom in"), ["Mod++", "Mod+="], () => editor.zoomBy(ZOOM_STEP)),
    define("view.zoomOut", t("Zoom out"), ["Mod+-"], () => editor.zoomBy(1 / ZOOM_STEP)),
    define("view.fit", t("Fit image"), ["F", "Mod+0"], () => editor.zoomToFit()),
    define("view.actualSize", t("Actual size"), ["Shift+F", "Mod+1"], () => editor.zoomToActualSize()),
    define("view.toggleAnnotations", t("Show or hide annotations"), ["H"], () => editor.look.toggleAnnotations()),
  ];
}
