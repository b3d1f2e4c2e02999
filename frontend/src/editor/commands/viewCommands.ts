import type { Command } from "../command";
import type { Editor } from "../editor";
import { command } from "./define";

const ZOOM_STEP = 1.4;

export function viewCommands(editor: Editor): Command[] {
  const needsImage = (): string | null => (editor.state.image ? null : "No image is open.");
  const define = (id: string, label: string, shortcuts: string[], run: () => void): Command =>
    command({ id, group: "view", label, shortcuts, run, disabledReason: needsImage });
  return [
    define("view.zoomIn", "Zoom in", ["Mod++", "Mod+="], () => editor.zoomBy(ZOOM_STEP)),
    define("view.zoomOut", "Zoom out", ["Mod+-"], () => editor.zoomBy(1 / ZOOM_STEP)),
    define("view.fit", "Fit image", ["F", "Mod+0"], () => editor.zoomToFit()),
    define("view.actualSize", "Actual size", ["Shift+F", "Mod+1"], () => editor.zoomToActualSize()),
    define("view.toggleAnnotations", "Show or hide annotations", ["H"], () => editor.toggleAnnotations()),
  ];
}
