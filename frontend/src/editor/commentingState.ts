import type { ImagePoint } from "../geometry";

/** What is going on with the comments that are pinned to the image. Their words are the page's business. */
export interface CommentingState {
  /** False for people who may only look. */
  readonly isAllowed: boolean;
  readonly arePinsVisible: boolean;
  /** The next press on the image says where a comment belongs. */
  readonly isPlacing: boolean;
  /** Where a comment is being written that nobody has sent yet. */
  readonly draftPoint: ImagePoint | null;
  readonly openThreadId: number | null;
}

export const NO_COMMENTING: CommentingState = {
  isAllowed: false,
  arePinsVisible: true,
  isPlacing: false,
  draftPoint: null,
  openThreadId: null,
};
