import { isEmptyPrompt } from "../../session";
import type { Command } from "../command";
import type { Editor } from "../editor";
import { command } from "./define";

export function maskCommands(editor: Editor): Command[] {
  const needsChoice = (): string | null =>
    (editor.state.session.prompt.candidates?.all.length ?? 0) > 1 ? null : "Click on an object first.";
  return [
    command({
      id: "mask.accept",
      group: "mask",
      label: "Accept mask",
      shortcuts: ["Enter"],
      run: () => editor.acceptMask(),
      disabledReason: () => whyNotAccept(editor),
    }),
    command({
      id: "mask.cancel",
      group: "mask",
      label: "Cancel",
      shortcuts: ["Escape"],
      run: () => editor.cancel(),
    }),
    command({
      id: "mask.nextCandidate",
      group: "mask",
      label: "Next candidate",
      shortcuts: ["Tab"],
      run: () => editor.stepCandidate(1),
      disabledReason: needsChoice,
    }),
    command({
      id: "mask.previousCandidate",
      group: "mask",
      label: "Previous candidate",
      shortcuts: ["Shift+Tab"],
      run: () => editor.stepCandidate(-1),
      disabledReason: needsChoice,
    }),
  ];
}

function whyNotAccept({ state }: Editor): string | null {
  if (isEmptyPrompt(state.session.prompt)) return "Click on an object first.";
  if (!state.session.prompt.candidates) return "The mask is still being computed.";
  if (state.session.categoryId === null) return "Create a category first.";
  return null;
}
