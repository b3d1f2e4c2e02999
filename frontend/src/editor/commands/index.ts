import type { Command } from "../command";
import type { Editor } from "../editor";
import { annotationCommands } from "./annotationCommands";
import { categoryCommands } from "./categoryCommands";
import { combineCommands } from "./combineCommands";
import { commentCommands } from "./commentCommands";
import { historyCommands } from "./historyCommands";
import { imageCommands } from "./imageCommands";
import { lookCommands } from "./lookCommands";
import { maskCommands } from "./maskCommands";
import { orderCommands } from "./orderCommands";
import { placeCommands } from "./placeCommands";
import { selectionCommands } from "./selectionCommands";
import { shapeCommands } from "./shapeCommands";
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
    ...shapeCommands(editor),
    ...combineCommands(editor),
    ...viewCommands(editor),
    ...lookCommands(editor),
    ...imageCommands(editor),
    ...categoryCommands(editor),
    ...commentCommands(editor),
    ...placeCommands(editor),
  ];
  return new Map(all.map((each) => [each.id, each]));
}
