import type { ShownComment, ShownThread } from "../../../api";
import type { ImagePoint } from "../../../geometry";

/** What can be done with comments. It is done here at once; the server hears of it when it can. */
export interface CommentActions {
  /** -> the id of the new thread. */
  start(point: ImagePoint, text: string): Promise<number>;
  reply(thread: ShownThread, text: string): Promise<unknown>;
  resolve(thread: ShownThread, resolved: boolean): Promise<unknown>;
  remove(comment: ShownComment): Promise<unknown>;
  /** Sends again what the server has refused. */
  retry(unsent: NonNullable<ShownComment["unsent"]>): Promise<unknown>;
}

/** Who reads and writes here. */
export interface Commenter {
  readonly username: string;
  /** May say something. */
  readonly mayComment: boolean;
  /** May delete what others said. */
  readonly isManager: boolean;
}

export interface CommentsProps {
  readonly threads: readonly ShownThread[];
  readonly actions: CommentActions;
  readonly commenter: Commenter;
}
