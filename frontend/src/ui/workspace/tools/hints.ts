import type { EditorSnapshot } from "../../../editor";
import { t } from "../../../words";

export interface Hint {
  /** As on keys and buttons: "Shift+Drag". */
  readonly keys: string;
  readonly does: string;
}

const hint = (keys: string, does: string): Hint => ({ keys, does });

/** What the user can do next with the tool in the hand, most useful first. */
export function hintsFor(snapshot: EditorSnapshot): readonly Hint[] {
  switch (snapshot.tool) {
    case "prompt":
      return promptHints(snapshot);
    case "select":
      return [
        hint(t("Click"), t("a mask to select it")),
        hint(t("Shift+Click"), t("one more")),
        hint("1–9", t("change category")),
        hint("P", t("back to clicking")),
      ];
    case "brush":
      return [hint(t("Drag"), t("paint")), ...brushHints(t("erase"))];
    case "eraser":
      return [hint(t("Drag"), t("erase")), ...brushHints(t("paint"))];
    case "polygon":
      return polygonHints(snapshot);
    case "lasso":
      return [hint(t("Drag"), t("around a region")), hint(t("Alt+Drag"), t("cut out")), ...nextMask()];
    case "wand":
      return [
        hint(t("Click"), t("a colour")),
        hint(t("Drag"), t("right for more colours, left for fewer")),
        hint(t("Alt+Click"), t("cut out")),
        ...nextMask(),
      ];
    case "scissors":
      return scissorsHints(snapshot);
    case "split":
      return [hint(t("Drag"), t("a line across the selected mask"))];
    default:
      return snapshot.tool satisfies never;
  }
}

function promptHints({ promptPoints, hasBox, isRefining, candidates, selectedId }: EditorSnapshot): readonly Hint[] {
  const hasPrompt = promptPoints.length > 0 || hasBox;
  if (hasPrompt) {
    const hints = [
      hint("Enter", t("accept")),
      hint(t("Click"), t("outside adds, inside removes")),
      hint(t("Drag"), t("a point to move it")),
      hint("Esc", t("cancel")),
    ];
    return candidates.length > 1 ? [...hints, hint("Tab", t("or wheel: next candidate"))] : hints;
  }
  if (isRefining) {
    return [hint(t("Click"), t("what is missing, or what is too much")), hint("Esc", t("leave it as it is"))];
  }
  if (selectedId) {
    return [
      hint("R", t("refine it")),
      hint("Del", t("delete")),
      hint("1–9", t("change category")),
      hint("Esc", t("deselect")),
    ];
  }
  return [
    hint(t("Click"), t("an object")),
    hint(t("Drag"), t("a box")),
    hint(t("Shift+Drag"), t("a scribble")),
    hint(t("Wheel"), t("zoom")),
    hint("?", t("all keys")),
  ];
}

function brushHints(opposite: string): readonly Hint[] {
  return [
    hint(t("Alt+Drag"), opposite),
    hint(t("Shift+Click"), t("a straight line")),
    hint("[ ]", t("or wheel: size")),
    ...nextMask(),
  ];
}

function polygonHints({ gesture, selectedId }: EditorSnapshot): readonly Hint[] {
  if (gesture === "idle" && selectedId) {
    return [
      hint(t("Drag"), t("a corner, or the outline")),
      hint(t("Alt+Click"), t("remove a corner")),
      hint(t("Click"), t("elsewhere: another shape")),
      ...nextMask(),
    ];
  }
  if (gesture === "idle") return [hint(t("Click"), t("to place corners")), ...nextMask()];
  return [
    hint(t("Click"), t("the next corner")),
    hint("Enter", t("close")),
    hint("Ctrl+Z", t("take the last corner back")),
    hint("Esc", t("give up")),
  ];
}

function scissorsHints({ gesture }: EditorSnapshot): readonly Hint[] {
  if (gesture === "idle") return [hint(t("Click"), t("on an edge")), ...nextMask()];
  return [
    hint(t("Click"), t("further along the edge")),
    hint("Enter", t("close")),
    hint("Ctrl+Z", t("take the last line back")),
    hint("Esc", t("give up")),
  ];
}

function nextMask(): readonly Hint[] {
  return [hint("N", t("begin the next mask"))];
}
