import { EMPTY_PROMPT, isEmptyPrompt, type Prompt } from "../session";
import type { Store } from "./store";

/**
 * Hands the prompt of the open image over whenever the user changed it, without the answer, which is asked for again;
 * null once it is accepted or cancelled. -> a function that ends it.
 */
export function keepDrafts(store: Store, save: (imageId: number, draft: Prompt | null) => void): () => void {
  let known: { imageId: number | null; prompt: Prompt } = { imageId: null, prompt: EMPTY_PROMPT };
  return store.subscribe(() => {
    const { image, session } = store.state;
    const before = known;
    known = { imageId: image?.id ?? null, prompt: session.prompt };
    // Opening an image brings its own draft along, and leaving one must not forget it.
    if (!image || before.imageId !== image.id || isSameQuestion(before.prompt, session.prompt)) return;
    save(image.id, isEmptyPrompt(session.prompt) ? null : { ...session.prompt, candidates: null });
  });
}

function isSameQuestion(a: Prompt, b: Prompt): boolean {
  return a === b || (a.points === b.points && a.box === b.box && a.previousLogits === b.previousLogits);
}
