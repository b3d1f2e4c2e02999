import type { Memory } from "../../api";
import type { ImageMemory } from "../../editor";
import { EMPTY_PROMPT, type HistoryStep, isEmptyPrompt, type Prompt } from "../../session";

interface Head {
  readonly view: ImageMemory["view"];
  readonly selection: string | null;
  /** How many of the steps are done; the others were undone. */
  readonly doneCount: number;
}

/** A memory as it is kept: the steps from the first to the last, whichever of them are undone. */
export function storedMemoryOf({ view, selection, history }: ImageMemory): Memory {
  const head: Head = { view, selection, doneCount: history.done.length };
  return { head, steps: [...history.done, ...history.undone.toReversed()].map(withoutAnswers) };
}

/** What was stored by this page or by an older one: a shape that is not known is no memory. */
export function memoryOf(stored: Memory | null): ImageMemory | null {
  const head = stored?.head as Partial<Head> | undefined;
  const steps = stored?.steps as readonly Partial<HistoryStep>[] | undefined;
  if (!head || !steps?.every(isStep)) return null;
  const { view = null, selection = null, doneCount = 0 } = head;
  const all = steps.map(revived);
  return { view, selection, history: { done: all.slice(0, doneCount), undone: all.slice(doneCount).toReversed() } };
}

const strippedSteps = new WeakMap<HistoryStep, HistoryStep>();
const strippedPrompts = new WeakMap<Prompt, Prompt>();

/** The decoder's answers are large, and are asked for again. The same step gives the same object. */
function withoutAnswers(step: HistoryStep): HistoryStep {
  const known = strippedSteps.get(step);
  if (known) return known;
  const { promptBefore, promptAfter } = step;
  const stripped = { ...step, promptBefore: unanswered(promptBefore), promptAfter: unanswered(promptAfter) };
  strippedSteps.set(step, stripped);
  return stripped;
}

function unanswered(prompt: Prompt): Prompt {
  if (!prompt.candidates) return prompt;
  const known = strippedPrompts.get(prompt);
  if (known) return known;
  const stripped = { ...prompt, candidates: null };
  strippedPrompts.set(prompt, stripped);
  return stripped;
}

function isStep(step: Partial<HistoryStep>): step is HistoryStep {
  return Array.isArray(step.changes) && Array.isArray(step.promptBefore?.points) && step.promptAfter !== undefined;
}

/** There is one empty prompt; a copy of it from the disk is another object. The revived step is what is kept further. */
function revived(step: HistoryStep): HistoryStep {
  const back = { ...step, promptBefore: theEmptyOne(step.promptBefore), promptAfter: theEmptyOne(step.promptAfter) };
  strippedSteps.set(back, step);
  return back;
}

const theEmptyOne = (prompt: Prompt): Prompt => (isEmptyPrompt(prompt) ? EMPTY_PROMPT : prompt);
