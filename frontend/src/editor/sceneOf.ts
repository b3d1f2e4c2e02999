import { DEFAULT_COLOR, type Scene } from "../rendering";
import { chosenCandidate, type PromptPoint, type Session, selectedIds, type ToolDraft } from "../session";
import type { Category } from "./ports";
import { type EditorState, imageHwOf } from "./state";

/** What is drawn of the state and of the gesture under way; null while no image is open. */
export function sceneOf(state: EditorState, draft: ToolDraft | null): Scene | null {
  const { image, session, categories } = state;
  if (!image) return null;
  const { prompt, hover, display } = session;
  const chosen = prompt.candidates && chosenCandidate(prompt.candidates);
  // Until the answer to a further point is there, the mask that it refines stays, so that nothing flickers.
  const shown = chosen?.lowResLogits ?? prompt.previousLogits ?? hover?.candidates.all[0]?.lowResLogits ?? null;
  const colors = colorsOf(categories);
  const candidateColor = (session.categoryId !== null && colors.get(session.categoryId)) || DEFAULT_COLOR;
  const selected = session.selection === null ? undefined : state.document.annotations.get(session.selection);
  return {
    canvasHw: state.canvasHw,
    imageHw: imageHwOf(image),
    pixels: state.pixels,
    viewport: session.viewport,
    annotations: state.document.annotations,
    display,
    colorOfCategory: colors,
    selectedId: session.selection,
    selectedIds: selectedOf(session),
    highlightedId: session.highlighted,
    candidate: shown,
    isPreview: chosen === null,
    candidateColor,
    points: withoutDragged(prompt.points, draft),
    box: draft?.kind === "box" ? draft.box : prompt.box,
    queuedBoxes: state.queuedBoxes,
    draft,
    draftColor: (selected && !chosen && colors.get(selected.categoryId)) || candidateColor,
  };
}

/** A point that is being dragged is drawn where the pointer is. */
function withoutDragged(points: readonly PromptPoint[], draft: ToolDraft | null): readonly PromptPoint[] {
  return draft?.kind === "point" ? points.filter((_, index) => index !== draft.replaces) : points;
}

let lastSelected: (Pick<Session, "selection" | "group"> & { readonly ids: ReadonlySet<string> }) | null = null;

/** The same object for the same selection. */
function selectedOf({ selection, group }: Session): ReadonlySet<string> {
  if (lastSelected?.selection !== selection || lastSelected.group !== group) {
    lastSelected = { selection, group, ids: selectedIds({ selection, group }) };
  }
  return lastSelected.ids;
}

const colorsByCategories = new WeakMap<readonly Category[], ReadonlyMap<number, string>>();

/** The same object for the same categories, so that nothing is drawn again for it. */
function colorsOf(categories: readonly Category[]): ReadonlyMap<number, string> {
  const known = colorsByCategories.get(categories);
  if (known) return known;
  const colors = new Map(categories.map(({ id, color }) => [id, color]));
  colorsByCategories.set(categories, colors);
  return colors;
}
