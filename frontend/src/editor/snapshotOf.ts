import type { EditorSnapshot } from "./snapshot";
import { annotationsOf, selectedOf } from "./stable";
import type { EditorState } from "./state";

const NO_CANDIDATES: EditorSnapshot["candidates"] = [];

/** What the interface sees of the state. Call it once per state: equal states give new objects. */
export function snapshotOf(state: EditorState): EditorSnapshot {
  const { session, history } = state;
  return {
    image: state.image,
    imageState: state.imageState,
    problem: state.problem,
    neighbours: state.neighbours,
    embeddingState: state.embeddingState,
    decoder: state.decoder,
    categories: state.categories,
    currentCategoryId: session.categoryId,
    annotations: annotationsOf(state.document),
    selectedId: session.selection,
    selectedIds: selectedOf(session),
    highlightedId: session.highlighted,
    display: session.display,
    pixelWindow: state.pixelWindow,
    tool: session.tool,
    toolSettings: session.toolSettings,
    gesture: state.gesture,
    canConfirm: state.canConfirm,
    promptPoints: session.prompt.points,
    hasBox: session.prompt.box !== null,
    isRefining: session.prompt.refines !== undefined,
    candidates: session.prompt.candidates?.all ?? NO_CANDIDATES,
    chosenCandidate: session.prompt.candidates?.chosen ?? 0,
    isDecoding: state.isDecoding,
    zoom: session.viewport.scale,
    undoLabel: history.done.at(-1)?.label ?? null,
    redoLabel: history.undone.at(-1)?.label ?? null,
    history,
    chosenShortcuts: state.chosenShortcuts,
    keyboardPointer: state.keyboardPointer,
    sync: state.sync,
    conflicts: state.conflicts,
  };
}
