import { MessageCircle } from "lucide-react";
import type { MouseEvent, ReactNode } from "react";
import type { ShownThread } from "../../../api";
import type { Editor } from "../../../editor";
import { type ImagePoint, imagePoint, imageToScreen, screenPoint } from "../../../geometry";
import { t } from "../../../words";
import { useEditorState, useSnapshot } from "../useSnapshot";
import { CommentComposer } from "./CommentComposer";
import styles from "./Comments.module.css";
import type { CommentsProps } from "./commentActions";
import { CardFrame, nameOf, ThreadCard } from "./ThreadCard";

/** CSS pixels, as in the style sheet. */
const CARD = { width: 288, height: 340 };
const DISTANCE = 18;

/** Comments on the image: pins, the thread that is open, and the place that is being chosen for a new one. */
export function CommentLayer(props: CommentsProps & { readonly editor: Editor }) {
  const { editor, threads, actions, commenter } = props;
  const { image } = useSnapshot(editor);
  const { arePinsVisible, isPlacing, draftPoint, openThreadId } = useEditorState(
    editor,
    ({ commenting }) => commenting,
  );
  if (!image) return null;
  const open = threads.find(({ id }) => id === openThreadId);
  const close = (): void => {
    editor.commenting.close();
    // Whoever came with the keyboard goes on from the pin.
    if (openThreadId !== null) document.querySelector<HTMLElement>(`[data-thread="${openThreadId}"]`)?.focus();
  };
  const start = async (point: ImagePoint, text: string): Promise<void> => {
    editor.commenting.open(await actions.start(point, text));
  };
  return (
    <div className={styles.layer}>
      {arePinsVisible && threads.map((thread) => <Pin key={thread.id} editor={editor} thread={thread} />)}
      {draftPoint && (
        <Beside editor={editor} point={draftPoint}>
          <CardFrame title={t("New comment")} onClose={close}>
            <CommentComposer
              label={t("What is to be said here?")}
              onSend={(text) => start(draftPoint, text)}
              takesFocus
            />
          </CardFrame>
        </Beside>
      )}
      {open && (
        <Beside editor={editor} point={imagePoint(open.x, open.y)}>
          <ThreadCard thread={open} actions={actions} commenter={commenter} onClose={close} />
        </Beside>
      )}
      {isPlacing && <Placing editor={editor} />}
    </div>
  );
}

function Pin({ editor, thread }: { readonly editor: Editor; readonly thread: ShownThread }) {
  const viewport = useEditorState(editor, ({ session }) => session.viewport);
  const isOpen = useEditorState(editor, ({ commenting }) => commenting.openThreadId === thread.id);
  const { x, y } = imageToScreen(imagePoint(thread.x, thread.y), viewport);
  const [first] = thread.comments;
  if (thread.resolved && !isOpen) return null;
  return (
    <button
      type="button"
      className={styles.pin}
      data-thread={thread.id}
      style={{ translate: `${x}px ${y}px` }}
      data-resolved={thread.resolved || undefined}
      aria-expanded={isOpen}
      aria-label={t("Comment by {name}: {text}", { name: nameOf(first?.author ?? null), text: first?.text ?? "" })}
      onClick={() => (isOpen ? editor.commenting.close() : editor.commenting.open(thread.id))}
    >
      {thread.comments.length > 1 ? thread.comments.length : <MessageCircle aria-hidden="true" />}
    </button>
  );
}

interface BesideProps {
  readonly editor: Editor;
  readonly point: ImagePoint;
  readonly children: ReactNode;
}

/** Puts a card beside a place on the image, wherever there is room on the canvas. */
function Beside({ editor, point, children }: BesideProps) {
  const viewport = useEditorState(editor, ({ session }) => session.viewport);
  const [height, width] = useEditorState(editor, ({ canvasHw }) => canvasHw);
  const { x, y } = imageToScreen(point, viewport);
  const isRoomOnTheRight = x + DISTANCE + CARD.width <= width;
  const left = isRoomOnTheRight ? x + DISTANCE : x - DISTANCE - CARD.width;
  return (
    <div
      className={styles.beside}
      style={{
        left: Math.min(Math.max(left, 8), Math.max(width - CARD.width - 8, 8)),
        top: Math.min(Math.max(y - 20, 8), Math.max(height - CARD.height - 8, 8)),
      }}
    >
      {children}
    </div>
  );
}

/** Lies over the image while a place is chosen. With the keyboard it is the middle of what is shown. */
function Placing({ editor }: { readonly editor: Editor }) {
  const onClick = (event: MouseEvent<HTMLElement>): void => {
    const corner = event.currentTarget.getBoundingClientRect();
    const isKeyboard = event.detail === 0;
    const [x, y] = isKeyboard
      ? [corner.width / 2, corner.height / 2]
      : [event.clientX - corner.left, event.clientY - corner.top];
    editor.commenting.placeAt(screenPoint(x, y));
  };
  return (
    <button
      type="button"
      className={styles.placing}
      // biome-ignore lint/a11y/noAutofocus: the user has just asked for it, and Enter shall choose the middle.
      autoFocus
      onClick={onClick}
      onKeyDown={(event) => {
        if (event.key === "Enter" || event.key === " ") event.stopPropagation();
      }}
    >
      <span className={styles.placingHint}>
        {t("Click where the comment belongs, or press Enter for the middle. Escape leaves it.")}
      </span>
    </button>
  );
}
