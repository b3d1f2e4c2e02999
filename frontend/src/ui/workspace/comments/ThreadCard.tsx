import { CheckCircle2, RotateCcw, Trash2, X } from "lucide-react";
import type { ReactNode } from "react";
import type { ShownComment, ShownThread } from "../../../api";
import { currentLanguage, t } from "../../../words";
import { Button, IconButton } from "../../components";
import { CommentComposer } from "./CommentComposer";
import styles from "./Comments.module.css";
import type { CommentActions, Commenter } from "./commentActions";

export interface ThreadCardProps {
  readonly thread: ShownThread;
  readonly actions: CommentActions;
  readonly commenter: Commenter;
  readonly onClose: () => void;
}

/** Everything that was said about one place. */
export function ThreadCard({ thread, actions, commenter, onClose }: ThreadCardProps) {
  return (
    <CardFrame
      title={thread.resolved ? t("Resolved by {name}", { name: nameOf(thread.resolved_by) }) : t("Comments")}
      onClose={onClose}
      action={
        commenter.mayComment && (
          <Button
            variant="quiet"
            icon={thread.resolved ? <RotateCcw /> : <CheckCircle2 />}
            onClick={() => void actions.resolve(thread, !thread.resolved)}
          >
            {thread.resolved ? t("Open again") : t("Resolve")}
          </Button>
        )
      }
    >
      <ol className={styles.said}>
        {thread.comments.map((comment) => (
          <li key={comment.id} className={styles.comment}>
            <header className={styles.who}>
              <strong>{nameOf(comment.author)}</strong>
              <time dateTime={comment.created_at}>{momentOf(comment.created_at)}</time>
              {(commenter.isManager || comment.author === commenter.username) && (
                <IconButton
                  label={t("Delete this comment")}
                  icon={<Trash2 />}
                  className={styles.delete}
                  tooltipSide="left"
                  onClick={() => void actions.remove(comment)}
                />
              )}
            </header>
            <p className={styles.words}>{comment.text}</p>
            {comment.unsent && <UnsentNote unsent={comment.unsent} onRetry={actions.retry} />}
          </li>
        ))}
      </ol>
      {commenter.mayComment && (
        <CommentComposer label={t("Reply")} onSend={(text) => actions.reply(thread, text)} takesFocus />
      )}
    </CardFrame>
  );
}

interface UnsentNoteProps {
  readonly unsent: NonNullable<ShownComment["unsent"]>;
  readonly onRetry: CommentActions["retry"];
}

/** That the server does not have it yet, or will not have it. */
function UnsentNote({ unsent, onRetry }: UnsentNoteProps) {
  if (unsent.problem === null) return <p className={styles.unsent}>{t("Not sent yet; kept in this browser.")}</p>;
  return (
    <p className={styles.unsent} role="alert">
      {t("Not sent: {problem}", { problem: unsent.problem })}
      <Button variant="quiet" icon={<RotateCcw />} onClick={() => void onRetry(unsent)}>
        {t("Try again")}
      </Button>
    </p>
  );
}

export interface CardFrameProps {
  readonly title: string;
  readonly action?: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** What lies over the image beside a pin. */
export function CardFrame({ title, action, onClose, children }: CardFrameProps) {
  return (
    <section
      className={styles.card}
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onClose();
      }}
    >
      <header className={styles.cardHeader}>
        <h2 className={styles.cardTitle}>{title}</h2>
        {action}
        <IconButton label={t("Close")} icon={<X />} onClick={onClose} />
      </header>
      {children}
    </section>
  );
}

export const nameOf = (username: string | null): string => username ?? t("somebody who has left");

export function momentOf(iso: string): string {
  return new Date(iso).toLocaleString(currentLanguage(), { dateStyle: "medium", timeStyle: "short" });
}
