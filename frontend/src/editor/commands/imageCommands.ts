import { isEmptyPrompt } from "../../session";
import type { Command } from "../command";
import type { Editor } from "../editor";
import { command } from "./define";

export function imageCommands(editor: Editor): Command[] {
  return [
    command({
      id: "image.previous",
      group: "image",
      label: "Previous image",
      shortcuts: ["A", "PageUp", "ArrowLeft"],
      run: () => editor.showNeighbour("previous"),
      disabledReason: () => whyNoNeighbour(editor, "previous", "This is the first image."),
    }),
    command({
      id: "image.next",
      group: "image",
      label: "Next image",
      shortcuts: ["D", "PageDown", "ArrowRight"],
      run: () => editor.showNeighbour("next"),
      disabledReason: () => whyNoNeighbour(editor, "next", "This is the last image."),
    }),
  ];
}

function whyNoNeighbour({ state }: Editor, side: "previous" | "next", whenNone: string): string | null {
  if (!isEmptyPrompt(state.session.prompt)) return "Accept the mask with Enter, or cancel it with Escape, first.";
  return state.neighbours?.[side] == null ? whenNone : null;
}
