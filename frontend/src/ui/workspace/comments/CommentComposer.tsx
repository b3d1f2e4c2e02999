import { Send } from "lucide-react";
import { type FormEvent, type KeyboardEvent, useId, useState } from "react";
import { t } from "../../../words";
import { Button } from "../../components";
import styles from "./Comments.module.css";

const MAX_LENGTH = 4000;

export interface CommentComposerProps {
  readonly label: string;
  /** Rejects when the server refuses, after telling why: the words then stay in the field. */
  readonly onSend: (text: string) => Promise<unknown>;
  readonly takesFocus?: boolean;
}

/** A field for one comment. Enter sends, Shift+Enter begins a line. */
export function CommentComposer({ label, onSend, takesFocus = false }: CommentComposerProps) {
  const id = useId();
  const [text, setText] = useState("");
  const [isBusy, setBusy] = useState(false);
  const send = async (): Promise<void> => {
    const written = text.trim();
    if (!written || isBusy) return;
    setBusy(true);
    try {
      await onSend(written);
      setText("");
    } catch {
      // Whoever sends has told why; nothing of what was written is lost.
    } finally {
      setBusy(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void send();
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    void send();
  };
  return (
    <form className={styles.composer} onSubmit={onSubmit}>
      <label htmlFor={id} className="visually-hidden">
        {label}
      </label>
      <textarea
        id={id}
        className={styles.text}
        rows={2}
        placeholder={label}
        value={text}
        maxLength={MAX_LENGTH}
        // biome-ignore lint/a11y/noAutofocus: it opens where the user asked to write.
        autoFocus={takesFocus}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <Button
        type="submit"
        variant="primary"
        icon={<Send />}
        isBusy={isBusy}
        disabledReason={text.trim() ? null : t("Write something first.")}
      >
        {t("Send")}
      </Button>
    </form>
  );
}
