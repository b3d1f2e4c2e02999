import { expect, it } from "vitest";
import { imagePoint } from "../geometry";
import { EMPTY_PROMPT, type Prompt, withCandidates, withPoint } from "../session";
import { keepDrafts } from "./drafts";
import type { ImageDetails } from "./ports";
import { Store } from "./store";

const image = { id: 5 } as ImageDetails;
const clicked = withPoint(EMPTY_PROMPT, { point: imagePoint(3, 4), label: 1 });

function storeWithDrafts() {
  const store = new Store();
  const saved: [number, Prompt | null][] = [];
  keepDrafts(store, (imageId, draft) => saved.push([imageId, draft]));
  return { store, saved };
}

it("keeps what the user clicked, and forgets it once it is accepted", () => {
  const { store, saved } = storeWithDrafts();
  store.update({ image });
  store.updateSession({ prompt: clicked });
  store.updateSession({ prompt: withCandidates(clicked, { all: [], chosen: 0 }) });
  store.updateSession({ prompt: EMPTY_PROMPT });
  expect(saved).toEqual([
    [5, clicked],
    [5, null],
  ]);
});

it("leaves the draft of an image alone that is opened or left", () => {
  const { store, saved } = storeWithDrafts();
  store.update({ image, session: { ...store.state.session, prompt: clicked } });
  store.update({ image: null, session: { ...store.state.session, prompt: EMPTY_PROMPT } });
  expect(saved).toEqual([]);
});
