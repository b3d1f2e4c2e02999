import { DEFAULT_COLOR, type Scene } from "../rendering";
import { chosenCandidate } from "../session";
import type { Category } from "./ports";
import { type EditorState, imageHwOf } from "./state";

/** What is drawn of the state; null while no image is open. */
export function sceneOf(state: EditorState): Scene | null {
  const { image, session, categories } = state;
  if (!image) return null;
  const { prompt, hover, display } = session;
  const chosen = prompt.candidates && chosenCandidate(prompt.candidates);
  const shown = chosen ?? hover?.candidates[0] ?? null;
  const colors = colorsOf(categories);
  return {
    canvasHw: state.canvasHw,
    imageHw: imageHwOf(image),
    pixels: state.pixels,
    viewport: session.viewport,
    annotations: state.document.annotations,
    display,
    colorOfCategory: colors,
    selectedId: session.selection,
    highlightedId: session.highlighted,
    candidate: shown?.lowResLogits ?? null,
    isPreview: chosen === null,
    candidateColor: (session.categoryId !== null && colors.get(session.categoryId)) || DEFAULT_COLOR,
    points: prompt.points,
    box: state.boxDraft ?? prompt.box,
  };
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
