import { MessageCircle, MessageCirclePlus } from "lucide-react";
import { useState } from "react";
import type { ShownThread } from "../../../api";
import type { Editor } from "../../../editor";
import { imagePoint } from "../../../geometry";
import { t, tn } from "../../../words";
import { Segmented } from "../../components";
import { CommandButton } from "../CommandButton";
import { useEditorState, useSnapshot } from "../useSnapshot";
import styles from "./Comments.module.css";
import { momentOf, nameOf } from "./ThreadCard";

export interface CommentsPanelProps {
  readonly editor: Editor;
  readonly threads: readonly ShownThread[];
  /** Why they could not be loaded; null when they could. */
  readonly problem: string | null;
}

/** The threads of the image as a list; one that is chosen is brought into sight. */
export function CommentsPanel({ editor, threads, problem }: CommentsPanelProps) {
  // The button below can tell why it cannot be pressed.
  useSnapshot(editor);
  const openThreadId = useEditorState(editor, ({ commenting }) => commenting.openThreadId);
  const [shown, setShown] = useState<"open" | "resolved">("open");
  const listed = threads.filter(({ resolved }) => resolved === (shown === "resolved"));
  return (
    <section className={styles.panel} aria-label={t("Comments")}>
      <header className={styles.panelHeader}>
        <Segmented
          label={t("Which comments")}
          options={[
            { value: "open", label: t("Open") },
            { value: "resolved", label: t("Resolved") },
          ]}
          value={shown}
          onChange={setShown}
        />
        <CommandButton editor={editor} command="comment.add" icon={<MessageCirclePlus />} tooltipSide="left" />
      </header>
      {problem !== null && (
        <p className={styles.hint} role="alert">
          {problem}
        </p>
      )}
      {problem === null && listed.length === 0 && (
        <p className={styles.hint}>
          <MessageCircle aria-hidden="true" />
          {shown === "open"
            ? t("No open comments. Pin one to a place with the button above.")
            : t("Nothing is resolved yet.")}
        </p>
      )}
      <ul className={styles.threads} data-place="comments" tabIndex={-1} aria-label={t("Comments")}>
        {listed.map((thread) => (
          <li key={thread.id}>
            <ThreadRow editor={editor} thread={thread} isOpen={thread.id === openThreadId} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface ThreadRowProps {
  readonly editor: Editor;
  readonly thread: ShownThread;
  readonly isOpen: boolean;
}

function ThreadRow({ editor, thread, isOpen }: ThreadRowProps) {
  const [first] = thread.comments;
  const replies = thread.comments.length - 1;
  return (
    <button
      type="button"
      className={styles.thread}
      aria-current={isOpen || undefined}
      onClick={() => editor.commenting.show(thread.id, imagePoint(thread.x, thread.y))}
    >
      <span className={styles.who}>
        <strong>{nameOf(first?.author ?? null)}</strong>
        <time dateTime={thread.created_at}>{momentOf(thread.created_at)}</time>
      </span>
      <span className={styles.excerpt}>{first?.text}</span>
      {replies > 0 && <span className={styles.replies}>{tn("{count} reply", "{count} replies", replies)}</span>}
    </button>
  );
}
