import { t } from "../../words";
import type { Command } from "../command";
import type { Editor } from "../editor";
import { command } from "./define";

/** One mask of several, several of one, and copies. */
export function combineCommands(editor: Editor): Command[] {
  const needsOne = (): string | null => (editor.state.session.selection ? null : t("Select an annotation first."));
  const needsTwo = (): string | null =>
    editor.selecting.annotations().length > 1 ? null : t("Select two annotations or more first.");
  const define = (
    id: string,
    label: string,
    shortcuts: string[],
    run: () => void,
    disabledReason: () => string | null,
  ) => command({ id: `combine.${id}`, group: "annotation", label, shortcuts, run, disabledReason });
  return [
    define("merge", t("Merge masks"), ["M"], () => editor.combining.merge(), needsTwo),
    define("subtract", t("Subtract masks"), ["Shift+M"], () => editor.combining.subtract(), needsTwo),
    define("intersect", t("Intersect masks"), ["Shift+I"], () => editor.combining.intersect(), needsTwo),
    define("split", t("Split into parts"), ["Shift+K"], () => editor.combining.splitIntoParts(), needsOne),
    define("duplicate", t("Duplicate"), ["Mod+D"], () => editor.combining.duplicate(), needsOne),
    define("copy", t("Copy masks"), ["Mod+C"], () => editor.clipboard.copy(), needsOne),
    define(
      "paste",
      t("Paste masks"),
      ["Mod+V"],
      () => editor.clipboard.paste(),
      () => (editor.clipboard.isEmpty ? t("Copy masks first.") : null),
    ),
  ];
}
