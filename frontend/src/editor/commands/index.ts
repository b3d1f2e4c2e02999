import type { Command } from "../command";
import type { Editor } from "../editor";
import { annotationCommands } from "./annotationCommands";
import { categoryCommands } from "./categoryCommands";
import { historyCommands } from "./historyCommands";
import { imageCommands } from "./imageCommands";
import { maskCommands } from "./maskCommands";
import { orderCommands } from "./orderCommands";
import { placeCommands } from "./placeCommands";
import { selectionCommands } from "./selectionCommands";
import { toolCommands } from "./toolCommands";
import { viewCommands } from "./viewCommands";

/** Everything that the user can do, by id. Buttons and keys run these; nothing else changes the document. */
export function buildCommands(editor: Editor): ReadonlyMap<string, Command> {
  const all = [
    ...maskCommands(editor),
    ...historyCommands(editor),
    ...annotationCommands(editor),
    ...orderCommands(editor),
    ...selectionCommands(editor),
    ...toolCommands(editor),
    ...viewCommands(editor),
    ...imageCommands(editor),
    ...categoryCommands(editor),
    ...placeCommands(editor),
  ];
  return new Map(all.map((each) => [each.id, each]));
}
