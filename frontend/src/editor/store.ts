import type { Session } from "../session";
import { type EditorState, INITIAL_STATE } from "./state";

/** Holds the state and tells listeners when it was replaced. */
export class Store {
  private current = INITIAL_STATE;
  private readonly listeners = new Set<() => void>();

  get state(): EditorState {
    return this.current;
  }

  update(patch: Partial<EditorState>): void {
    this.current = { ...this.current, ...patch };
    for (const listener of this.listeners) listener();
  }

  updateSession(patch: Partial<Session>): void {
    this.update({ session: { ...this.current.session, ...patch } });
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
