import type { Editor, EditorSnapshot } from "../../editor";
import { Kbd } from "../components";
import styles from "./HintLine.module.css";
import { useSnapshot } from "./useSnapshot";

interface Hint {
  readonly keys: string;
  readonly does: string;
}

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

function hintsFor(snapshot: EditorSnapshot): readonly Hint[] {
  if (snapshot.tool === "select") return SELECT_HINTS;
  const hasPrompt = snapshot.promptPoints.length > 0 || snapshot.hasBox;
  if (!hasPrompt) return snapshot.selectedId ? SELECTED_HINTS : START_HINTS;
  return snapshot.candidates.length > 1 ? [...PROMPT_HINTS, NEXT_CANDIDATE] : PROMPT_HINTS;
}

const START_HINTS: readonly Hint[] = [
  { keys: "Click", does: "an object" },
  { keys: "Drag", does: "a box" },
  { keys: "Wheel", does: "zoom" },
  { keys: "Space+Drag", does: "pan" },
  { keys: "?", does: "all keys" },
];

const PROMPT_HINTS: readonly Hint[] = [
  { keys: "Enter", does: "accept" },
  { keys: "Click", does: "add" },
  { keys: "Alt+Click", does: "remove" },
  { keys: "Esc", does: "cancel" },
];

const NEXT_CANDIDATE: Hint = { keys: "Tab", does: "or wheel: next candidate" };

const SELECTED_HINTS: readonly Hint[] = [
  { keys: "Del", does: "delete" },
  { keys: "1–9", does: "change category" },
  { keys: "Esc", does: "deselect" },
];

const SELECT_HINTS: readonly Hint[] = [
  { keys: "Click", does: "a mask to select it" },
  { keys: "Del", does: "delete" },
  { keys: "1–9", does: "change category" },
  { keys: "P", does: "back to clicking" },
];
