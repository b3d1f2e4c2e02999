import { EMPTY_PROMPT, isEmptyPrompt, isSameQuestion, type Prompt } from "../session";
import type { Draft, ImageDetails } from "./ports";
import type { Store } from "./store";

/**
 * Hands the prompt of the open image over whenever the user changed it, without the answer, which is asked for again;
 * null once it is accepted or cancelled. -> a function that ends it.
 */
export function keepDrafts(store: Store, save: (imageId: number, draft: Draft | null) => void): () => void {
  let known: { imageId: number | null; prompt: Prompt } = { imageId: null, prompt: EMPTY_PROMPT };
  return store.subscribe(() => {
    const { image, session } = store.state;
    const before = known;
    known = { imageId: image?.id ?? null, prompt: session.prompt };
    // Opening an image brings its own draft along, and leaving one must not forget it.
    if (!image || before.imageId !== image.id || isSameQuestion(before.prompt, session.prompt)) return;
    const prompt = { ...session.prompt, candidates: null };
    save(image.id, isEmptyPrompt(prompt) ? null : { prompt, embeddingKey: image.embeddingKey });
  });
}

/**
 * The prompt as it was left. Logits of another embedding mean nothing to this one: the prompt starts without them, and
 * a mask that was being refined is refined anew.
 */
export function promptOf({ prompt, embeddingKey }: Draft, image: ImageDetails): Prompt {
  if (embeddingKey === image.embeddingKey) return prompt;
  return prompt.refines ? EMPTY_PROMPT : { ...prompt, previousLogits: null };
}
