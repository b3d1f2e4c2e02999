import { isEmptyPrompt } from "../session";
import type { Command } from "./command";
import type { Editor } from "./editor";

const ZOOM_STEP = 1.4;

type Definition = Omit<Command, "shortcuts" | "disabledReason"> & {
  readonly shortcuts?: readonly string[];
  readonly disabledReason?: () => string | null;
};

function command({ shortcuts = [], disabledReason = () => null, ...rest }: Definition): Command {
  return { ...rest, shortcuts, disabledReason };
}

/** Everything that the user can do, by id. Buttons and keys run these; nothing else changes the document. */
export function buildCommands(editor: Editor): ReadonlyMap<string, Command> {
  const all = [
    ...maskCommands(editor),
    ...historyCommands(editor),
    ...annotationCommands(editor),
    ...viewCommands(editor),
    ...imageCommands(editor),
    ...categoryCommands(editor),
  ];
  return new Map(all.map((each) => [each.id, each]));
}

function maskCommands(editor: Editor): Command[] {
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

function historyCommands(editor: Editor): Command[] {
  return [
    command({
      id: "history.undo",
      group: "annotation",
      label: "Undo",
      shortcuts: ["Mod+Z"],
      run: () => editor.undo(),
      disabledReason: () => (editor.state.history.done.length > 0 ? null : "There is nothing to undo."),
    }),
    command({
      id: "history.redo",
      group: "annotation",
      label: "Redo",
      shortcuts: ["Mod+Shift+Z", "Mod+Y"],
      run: () => editor.redo(),
      disabledReason: () => (editor.state.history.undone.length > 0 ? null : "There is nothing to redo."),
    }),
  ];
}

function annotationCommands(editor: Editor): Command[] {
  return [
    command({
      id: "annotation.delete",
      group: "annotation",
      label: "Delete annotation",
      shortcuts: ["Delete", "Backspace"],
      run: () => editor.removeSelected(),
      disabledReason: () => (editor.state.session.selection ? null : "Select an annotation first."),
    }),
    command({
      id: "tool.prompt",
      group: "annotation",
      label: "Prompt: click or draw a box",
      shortcuts: ["P"],
      run: () => editor.chooseTool("prompt"),
    }),
    command({
      id: "tool.select",
      group: "annotation",
      label: "Select annotations",
      shortcuts: ["V"],
      run: () => editor.chooseTool("select"),
    }),
  ];
}

function viewCommands(editor: Editor): Command[] {
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

function imageCommands(editor: Editor): Command[] {
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

const NUMBER_KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

function categoryCommands(editor: Editor): Command[] {
  return NUMBER_KEYS.map((key, index) =>
    command({
      id: `category.${key}`,
      group: "annotation",
      label: `Category ${key}`,
      shortcuts: [key],
      run: () => editor.chooseCategoryAt(index),
      disabledReason: () =>
        index < editor.state.categories.length ? null : `There are only ${editor.state.categories.length} categories.`,
    }),
  );
}
