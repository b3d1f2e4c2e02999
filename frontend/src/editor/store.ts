import type { Session, ToolDraft } from "../session";
import { type EditorState, INITIAL_STATE } from "./state";

/** Holds the state and tells listeners when it was replaced. */
export class Store {
  private current = INITIAL_STATE;
  private drawn: ToolDraft | null = null;
  private readonly listeners = new Set<() => void>();

  get state(): EditorState {
    return this.current;
  }

  /**
   * What a gesture has drawn so far. It is no part of the state: a brush moves a hundred times a second, and only the
   * canvas has to follow.
   */
  get draft(): ToolDraft | null {
    return this.drawn;
  }

  showDraft(draft: ToolDraft | null): void {
    if (draft === this.drawn) return;
    this.drawn = draft;
    this.tell();
  }

  update(patch: Partial<EditorState>): void {
    this.current = { ...this.current, ...patch };
    this.tell();
  }

  updateSession(patch: Partial<Session>): void {
    this.update({ session: { ...this.current.session, ...patch } });
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
