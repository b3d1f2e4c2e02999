import type { Annotation } from "../document";
import { INITIAL_TOOL_SETTINGS, type ToolSettings, withSettings } from "../session";
import type { EditorState } from "./state";
import type { Store } from "./store";

/** What stays in the hand from image to image, and from visit to visit. */
export interface Desk {
  readonly toolSettings: ToolSettings;
  /** Masks that can be pasted. */
  readonly copied: readonly Annotation[];
}

/** Where it is kept between visits. */
export interface DeskStorage {
  load(): Promise<Desk | null>;
  /** A later one takes the place of an earlier one. */
  save(desk: Desk): void;
}

/** Lays out what was left, and keeps what changes. -> a function that ends it. */
export function keepDesk(store: Store, storage: DeskStorage | undefined): () => void {
  if (!storage) return () => undefined;
  const atFirst = deskOf(store.state);
  let kept = atFirst;
  let isOver = false;
  // Whoever has changed something already knows better than what was left.
  void storage.load().then((left) => {
    if (!left || isOver || !isSame(deskOf(store.state), atFirst)) return;
    kept = { toolSettings: withSettings(INITIAL_TOOL_SETTINGS, left.toolSettings), copied: left.copied };
    store.update({ copied: kept.copied, session: { ...store.state.session, toolSettings: kept.toolSettings } });
  });
  const unsubscribe = store.subscribe(() => {
    const now = deskOf(store.state);
    if (isSame(now, kept)) return;
    kept = now;
    storage.save(now);
  });
  return () => {
    isOver = true;
    unsubscribe();
  };
}

function deskOf({ session, copied }: EditorState): Desk {
  return { toolSettings: session.toolSettings, copied };
}

function isSame(a: Desk, b: Desk): boolean {
  return a.toolSettings === b.toolSettings && a.copied === b.copied;
}
