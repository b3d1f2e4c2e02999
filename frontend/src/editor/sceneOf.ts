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
  // Until the answer to a further point is there, the mask that it refines stays, so that nothing flickers.
  const shown = chosen?.lowResLogits ?? prompt.previousLogits ?? hover?.candidates.all[0]?.lowResLogits ?? null;
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
    candidate: shown,
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
