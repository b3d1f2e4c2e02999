import { CheckCircle2, RotateCcw, Trash2, X } from "lucide-react";
import type { ReactNode } from "react";
import type { ThreadDto } from "../../../api";
import { currentLanguage, t } from "../../../words";
import { Button, IconButton } from "../../components";
import { CommentComposer } from "./CommentComposer";
import styles from "./Comments.module.css";
import type { CommentActions, Commenter } from "./commentActions";

export interface ThreadCardProps {
  readonly thread: ThreadDto;
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
            onClick={() => void actions.resolve(thread.id, !thread.resolved).catch(() => undefined)}
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
                  onClick={() => void actions.remove(comment.id).catch(() => undefined)}
                />
              )}
            </header>
            <p className={styles.words}>{comment.text}</p>
          </li>
        ))}
      </ol>
      {commenter.mayComment && (
        <CommentComposer label={t("Reply")} onSend={(text) => actions.reply(thread.id, text)} takesFocus />
      )}
    </CardFrame>
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
