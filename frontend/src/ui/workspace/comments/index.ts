export { CommentLayer } from "./CommentLayer";
export { CommentsPanel } from "./CommentsPanel";
export type { CommentActions, Commenter } from "./commentActions";
