import { isEmptyPrompt } from "../../session";
import { t } from "../../words";
import type { Command } from "../command";
import type { Editor } from "../editor";
import { command } from "./define";

export function imageCommands(editor: Editor): Command[] {
  return [
    command({
      id: "image.previous",
      group: "image",
      label: t("Previous image"),
      shortcuts: ["A", "PageUp", "ArrowLeft"],
      run: () => editor.showNeighbour("previous"),
      disabledReason: () => whyNoNeighbour(editor, "previous", t("This is the first image.")),
    }),
    command({
      id: "image.next",
      group: "image",
      label: t("Next image"),
      shortcuts: ["D", "PageDown", "ArrowRight"],
      run: () => editor.showNeighbour("next"),
      disabledReason: () => whyNoNeighbour(editor, "next", t("This is the last image.")),
    }),
  ];
}

function whyNoNeighbour({ state, gestures }: Editor, side: "previous" | "next", whenNone: string): string | null {
  if (gestures.isBusy) return t("Finish what you draw with Enter, or drop it with Escape, first.");
  if (!isEmptyPrompt(state.session.prompt)) return t("Accept the mask with Enter, or cancel it with Escape, first.");
  return state.neighbours?.[side] == null ? whenNone : null;
}
