import type { Editor } from "../../editor";
import styles from "./KeyboardCursor.module.css";
import { useSnapshot } from "./useSnapshot";

/** Where the pointer is that arrow keys move. */
export function KeyboardCursor({ editor }: { readonly editor: Editor }) {
  const { keyboardPointer } = useSnapshot(editor);
  if (!keyboardPointer) return null;
  return (
    <span
      className={styles.cursor}
      style={{ translate: `${keyboardPointer.x}px ${keyboardPointer.y}px` }}
      aria-hidden="true"
    />
  );
}
