import { useSyncExternalStore } from "react";
import type { Editor, EditorSnapshot } from "../../editor";

export function useSnapshot(editor: Editor): EditorSnapshot {
  return useSyncExternalStore(editor.subscribe, editor.getSnapshot);
}
