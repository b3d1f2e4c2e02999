import { useSyncExternalStore } from "react";
import type { Editor, EditorSnapshot } from "../../editor";

/** What most of the interface shows. It stays the same while only the viewport moves. */
export function useSnapshot(editor: Editor): EditorSnapshot {
  return useSyncExternalStore(editor.subscribe, editor.getSnapshot);
}

/** One part of the editor's state, for what is drawn with every frame or is not in the snapshot. */
export function useEditorState<Part>(editor: Editor, partOf: (state: Editor["state"]) => Part): Part {
  return useSyncExternalStore(editor.subscribe, () => partOf(editor.state));
}
