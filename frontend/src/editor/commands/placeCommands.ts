import { t } from "../../words";
import type { Command } from "../command";
import type { Editor } from "../editor";
import type { WorkspacePlace } from "../ports";
import { command } from "./define";

/** Ways to the places around the canvas, for whoever works with the keyboard. */
export function placeCommands(editor: Editor): Command[] {
  const define = (place: WorkspacePlace, label: string, shortcuts: string[]): Command =>
    command({ id: `place.${place}`, group: "workspace", label, shortcuts, run: () => editor.reveal(place) });
  return [
    define("commands", t("Search all commands"), ["Mod+K"]),
    define("shortcuts", t("Keyboard shortcuts"), ["?"]),
    define("categories", t("Search a category"), ["C"]),
    define("annotations", t("Search annotations"), ["/"]),
    define("history", t("Show the history"), ["Y"]),
    define("comments", t("Show the comments"), ["Shift+C"]),
  ];
}
