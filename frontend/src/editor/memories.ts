import { type Annotation, type AnnotationDocument, sameValues } from "../document";
import { type SizeHw, screenPoint, screenToImage, type Viewport } from "../geometry";
import { forgetAnnotation, type History } from "../session";
import type { ImageMemory } from "./ports";
import type { EditorState } from "./state";
import type { Store } from "./store";

/** Panning moves the viewport with every frame: it is kept this long after it has come to rest, or now and then. */
const VIEW_DELAY_MS = 300;

type Save = (imageId: number, memory: ImageMemory) => void;

/**
 * Hands over how the open image is being left: steps at once, the viewport a moment later. An image that is left on
 * purpose is shown whole when it is opened again. -> a function that ends it, which counts as leaving.
 */
export function keepMemories(store: Store, save: Save): () => void {
  let known = store.state;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const saveNow = (state: EditorState): void => {
    clearTimeout(timer);
    timer = undefined;
    if (state.image) save(state.image.id, memoryOf(state));
  };
  const leave = (state: EditorState): void => {
    clearTimeout(timer);
    timer = undefined;
    if (state.image) save(state.image.id, { ...memoryOf(state), view: null, selection: null });
  };
  const unsubscribe = store.subscribe(() => {
    const before = known;
    known = store.state;
    if (before.image?.id !== known.image?.id) leave(before);
    else if (before.history !== known.history) saveNow(known);
    else if (isMoved(before, known)) timer ??= setTimeout(() => saveNow(store.state), VIEW_DELAY_MS);
  });
  return () => {
    unsubscribe();
    leave(known);
  };
}

/** The part of a memory that is still true of the document as it is now. */
export function recalled(memory: ImageMemory, document: AnnotationDocument): ImageMemory {
  const { selection } = memory;
  return {
    ...memory,
    selection: selection !== null && document.annotations.has(selection) ? selection : null,
    history: stillTrue(memory.history, document),
  };
}

/** The viewport that shows this place in the middle of the canvas. */
export function viewportAround({ centre, scale }: NonNullable<ImageMemory["view"]>, [height, width]: SizeHw): Viewport {
  return { scale, offsetX: width / 2 - centre.x * scale, offsetY: height / 2 - centre.y * scale };
}

/**
 * Without what was done to annotations that are not as the steps left them: somebody else changed them since, and undo
 * must not take that back.
 */
function stillTrue(history: History, document: AnnotationDocument): History {
  const expected = new Map<string, Annotation | null>();
  // The step that undo would take first decides, then the one that redo would take first.
  for (const { changes } of history.done) for (const { id, after } of changes) expected.set(id, after);
  const done = new Set(expected.keys());
  for (const { changes } of history.undone) {
    for (const { id, before } of changes.toReversed()) if (!done.has(id)) expected.set(id, before);
  }
  return [...expected]
    .filter(([id, annotation]) => !isSame(annotation, document.annotations.get(id) ?? null))
    .reduce((current, [id]) => forgetAnnotation(current, id), history);
}

function isSame(a: Annotation | null, b: Annotation | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.categoryId === b.categoryId &&
    a.rle.counts === b.rle.counts &&
    a.locked === b.locked &&
    a.position === b.position &&
    sameValues(a.attributes, b.attributes)
  );
}

function memoryOf({ session, canvasHw, isFitted, history }: EditorState): ImageMemory {
  const middle = screenPoint(canvasHw[1] / 2, canvasHw[0] / 2);
  return {
    view: isFitted ? null : { centre: screenToImage(middle, session.viewport), scale: session.viewport.scale },
    selection: session.selection,
    history,
  };
}

function isMoved(a: EditorState, b: EditorState): boolean {
  return a.session.viewport !== b.session.viewport || a.session.selection !== b.session.selection;
}
