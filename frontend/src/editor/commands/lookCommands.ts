import { selectedIds } from "../../session";
import { t } from "../../words";
import type { Command } from "../command";
import type { Editor } from "../editor";
import { command } from "./define";

const OPACITY_STEP = 0.1;

export function lookCommands(editor: Editor): Command[] {
  const needsImage = (): string | null => (editor.state.image ? null : t("No image is open."));
  const define = (id: string, label: string, shortcuts: string[], run: () => void): Command =>
    command({ id: `look.${id}`, group: "view", label, shortcuts, run, disabledReason: needsImage });
  const fade = (by: number): void => editor.look.setOpacity(editor.look.display.opacity + by);
  return [
    command({
      id: "look.isolate",
      group: "view",
      label: t("Show only what is selected, or everything"),
      shortcuts: ["I"],
      run: () => editor.look.toggleIsolation(),
      disabledReason: () => whyNotIsolated(editor),
    }),
    define("maskStyle", t("Masks as outlines, or filled"), ["O"], () =>
      editor.look.setMaskStyle(editor.look.display.maskStyle === "fill" ? "outline" : "fill"),
    ),
    define("fainter", t("Masks fainter"), ["Shift+["], () => fade(-OPACITY_STEP)),
    define("stronger", t("Masks stronger"), ["Shift+]"], () => fade(OPACITY_STEP)),
    define("resetTone", t("Brightness and contrast as they were"), [], () => editor.look.resetTone()),
    ...panning(editor, needsImage),
  ];
}

function whyNotIsolated({ look, state }: Editor): string | null {
  const hasSomething = look.display.isIsolating || selectedIds(state.session).size > 0;
  return hasSomething ? null : t("Select an annotation first.");
}

/** Parts of the canvas by which a key moves the image. */
const PAN_STEP = 0.25;

function panning(editor: Editor, disabledReason: () => string | null): Command[] {
  const pan = (id: string, label: string, key: string, across: number, down: number): Command =>
    command({
      id: `view.${id}`,
      group: "view",
      label,
      shortcuts: [`Shift+${key}`],
      run: () => {
        const [height, width] = editor.state.canvasHw;
        editor.view.pan(-across * PAN_STEP * width, -down * PAN_STEP * height);
      },
      disabledReason,
    });
  return [
    pan("panLeft", t("Look further left"), "ArrowLeft", -1, 0),
    pan("panRight", t("Look further right"), "ArrowRight", 1, 0),
    pan("panUp", t("Look further up"), "ArrowUp", 0, -1),
    pan("panDown", t("Look further down"), "ArrowDown", 0, 1),
  ];
}
