import { DEFAULT_COLOR, type Scene } from "../rendering";
import { chosenCandidate, type Display, type PromptPoint, type ToolDraft } from "../session";
import type { Category } from "./ports";
import { selectedOf } from "./stable";
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
    display: prompt.refines ? withHidden(display, prompt.refines.id) : display,
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

const withOneHidden = new WeakMap<Display, { readonly id: string; readonly display: Display }>();

/** A mask that is being refined is drawn as a candidate, and not as it was beside it. */
function withHidden(display: Display, id: string): Display {
  const known = withOneHidden.get(display);
  if (known?.id === id) return known.display;
  const hidden = { ...display, hiddenIds: new Set(display.hiddenIds).add(id) };
  withOneHidden.set(display, { id, display: hidden });
  return hidden;
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
