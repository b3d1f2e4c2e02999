import type { ThreadDto } from "../../../api";
import type { ImagePoint } from "../../../geometry";

/** What can be done with comments. Each rejects after telling the user why it could not be done. */
export interface CommentActions {
  start(point: ImagePoint, text: string): Promise<ThreadDto>;
  reply(threadId: number, text: string): Promise<unknown>;
  resolve(threadId: number, resolved: boolean): Promise<unknown>;
  remove(commentId: number): Promise<unknown>;
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
  readonly threads: readonly ThreadDto[];
  readonly actions: CommentActions;
  readonly commenter: Commenter;
}
