import { isDrawingTool, isEmptyPrompt, isQuestion } from "../../session";
import { t } from "../../words";
import type { Command } from "../command";
import type { Editor } from "../editor";
import { command } from "./define";

export function maskCommands(editor: Editor): Command[] {
  const needsChoice = (): string | null =>
    (editor.state.session.prompt.candidates?.all.length ?? 0) > 1 ? null : t("Click on an object first.");
  return [
    command({
      id: "mask.accept",
      group: "mask",
      label: t("Accept mask, begin the next"),
      shortcuts: ["Enter", "N"],
      run: () => editor.acceptMask(),
      disabledReason: () => whyNotAccept(editor),
    }),
    command({
      id: "mask.cancel",
      group: "mask",
      label: t("Cancel"),
      shortcuts: ["Escape"],
      run: () => editor.cancel(),
    }),
    command({
      id: "mask.nextCandidate",
      group: "mask",
      label: t("Next candidate"),
      shortcuts: ["Tab"],
      run: () => editor.stepCandidate(1),
      disabledReason: needsChoice,
    }),
    command({
      id: "mask.previousCandidate",
      group: "mask",
      label: t("Previous candidate"),
      shortcuts: ["Shift+Tab"],
      run: () => editor.stepCandidate(-1),
      disabledReason: needsChoice,
    }),
    command({
      id: "mask.regions",
      group: "view",
      label: t("Look closer where zoomed in, or at the whole image only"),
      run: () => editor.regions.toggle(),
    }),
  ];
}

function whyNotAccept({ state, gestures }: Editor): string | null {
  const { prompt, categoryId, tool, selection } = state.session;
  if (gestures.canConfirm) return null;
  if (isEmptyPrompt(prompt)) {
    // What is drawn by hand is saved already: the next stroke shall begin a mask of its own.
    return isDrawingTool(tool) && selection !== null ? null : t("Click on an object first.");
  }
  if (!isQuestion(prompt)) return t("Say with points what is wrong with the mask first.");
  if (!prompt.candidates) return t("The mask is still being computed.");
  if (categoryId === null) return t("Create a category first.");
  return null;
}
