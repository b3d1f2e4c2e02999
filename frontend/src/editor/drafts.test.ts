import { expect, it } from "vitest";
import { imagePoint } from "../geometry";
import { EMPTY_PROMPT, withCandidates, withPoint } from "../session";
import { keepDrafts, promptOf } from "./drafts";
import type { Draft, ImageDetails } from "./ports";
import { Store } from "./store";

const image = { id: 5, embeddingKey: "key" } as ImageDetails;
const clicked = withPoint(EMPTY_PROMPT, { point: imagePoint(3, 4), label: 1 });

function storeWithDrafts() {
  const store = new Store();
  const saved: [number, Draft | null][] = [];
  keepDrafts(store, (imageId, draft) => saved.push([imageId, draft]));
  return { store, saved };
}

it("keeps what the user clicked, and forgets it once it is accepted", () => {
  const { store, saved } = storeWithDrafts();
  store.update({ image });
  store.updateSession({ prompt: clicked });
  store.updateSession({ prompt: withCandidates(clicked, { all: [], chosen: 0, isComplete: true }) });
  store.updateSession({ prompt: EMPTY_PROMPT });
  expect(saved).toEqual([
    [5, { prompt: clicked, embeddingKey: "key" }],
    [5, null],
  ]);
});

it("leaves the draft of an image alone that is opened or left", () => {
  const { store, saved } = storeWithDrafts();
  store.update({ image, session: { ...store.state.session, prompt: clicked } });
  store.update({ image: null, session: { ...store.state.session, prompt: EMPTY_PROMPT } });
  expect(saved).toEqual([]);
});

it("does not feed logits of another embedding back", () => {
  const previousLogits = { height: 1, width: 1, data: new Float32Array(1), extentHw: [1, 1], threshold: 0 } as const;
  const draft = { prompt: { ...clicked, previousLogits }, embeddingKey: "key" };
  expect(promptOf(draft, image)).toBe(draft.prompt);
  expect(promptOf({ ...draft, embeddingKey: "older" }, image)).toEqual(clicked);
});
