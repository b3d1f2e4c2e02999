import type { Editor } from "../../editor";
import { Kbd } from "../components";
import styles from "./HintLine.module.css";
import { hintsFor } from "./tools/hints";
import { useSnapshot } from "./useSnapshot";

/** What the user can do next, in the words of keys and buttons. */
export function HintLine({ editor }: { readonly editor: Editor }) {
  const snapshot = useSnapshot(editor);
  if (snapshot.imageState !== "ready") return <div className={styles.line} />;
  return (
    <div className={styles.line} data-testid="hints">
      {hintsFor(snapshot).map(({ keys, does }) => (
        <span key={keys} className={styles.hint}>
          <Kbd keys={keys} /> {does}
        </span>
      ))}
    </div>
  );
}
