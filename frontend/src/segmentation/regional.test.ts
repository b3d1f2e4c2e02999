import { expect, test } from "vitest";
import { imagePoint } from "../geometry";
import { EMPTY_PROMPT, type Prompt, withBox, withPoint } from "../session";
import type { ImageRegion } from "./imageParts";
import type { DecodeAnswer, EmbeddingRef, OpenedEmbedding, SegmentationPort } from "./port";
import { RegionalSegmentation } from "./regional";

const REGION: ImageRegion = {
  embedding: { key: "part", url: "/part", manifestUrl: "/manifest" },
  imageKey: "whole",
  imageHw: [1000, 2000],
  box: { x0: 500, y0: 200, x1: 1000, y1: 600 },
};
const SIDE = 8;

/** Notes what it is asked; its masks are a dot in the middle, or everything. */
class NotingSegmentation implements SegmentationPort {
  readonly asked: { key: string; prompt: Prompt }[] = [];
  readonly opened: string[] = [];
  fills = false;
  failsOnce: string | null = null;
  closerLook: OpenedEmbedding["closerLook"] = null;

  async open({ key }: EmbeddingRef) {
    this.opened.push(key);
    return { inputHw: [100, 100] as const, segmenter: "s", checkpointSha256: "c", closerLook: this.closerLook };
  }

  async decode(key: string, prompt: Prompt): Promise<DecodeAnswer> {
    this.asked.push({ key, prompt });
    const code = this.failsOnce;
    this.failsOnce = null;
    if (code) throw Object.assign(new Error("failed"), { code });
    const data = new Float32Array(SIDE * SIDE).fill(this.fills ? 3 : -3);
    data[(SIDE * SIDE) / 2 + SIDE / 2] = 3;
    const lowResLogits = { height: SIDE, width: SIDE, data, extentHw: [SIDE, SIDE] as const, threshold: 0 };
    const candidate = { lowResLogits, predictedIou: 0.9, stabilityScore: 1, meanLogit: 3 };
    return { candidates: [candidate], isComplete: true, decodeMs: 1 };
  }

  prefetch(): void {}
  subscribe(): () => void {
    return () => undefined;
  }
  dispose(): void {}
}

async function setUp() {
  const inner = new NotingSegmentation();
  const segmentation = new RegionalSegmentation(inner);
  await segmentation.look(REGION);
  return { inner, segmentation };
}
const clickAt = (x: number, y: number): Prompt => withPoint(EMPTY_PROMPT, { point: imagePoint(x, y), label: 1 });

test("a click inside the part is answered from there, in its own coordinates", async () => {
  const { inner, segmentation } = await setUp();
  const answer = await segmentation.decode("whole", clickAt(600, 250), "click");
  expect(inner.asked.map(({ key, prompt }) => [key, prompt.points[0]?.point])).toEqual([["part", { x: 100, y: 50 }]]);
  expect(answer?.candidates[0]?.lowResLogits.within).toEqual({ x0: 0.25, y0: 0.2, x1: 0.5, y1: 0.6 });
});

test("a prompt that goes beyond the part is answered from the whole image", async () => {
  const { inner, segmentation } = await setUp();
  await segmentation.decode("whole", clickAt(100, 250), "click");
  await segmentation.decode("whole", withBox({ x0: 600, y0: 300, x1: 1200, y1: 400 }), "click");
  expect(inner.asked.map(({ key }) => key)).toEqual(["whole", "whole"]);
});

test("an object that goes on beyond the part is found in the whole image", async () => {
  const { inner, segmentation } = await setUp();
  inner.fills = true;
  const answer = await segmentation.decode("whole", clickAt(600, 250), "click");
  expect(inner.asked.map(({ key }) => key)).toEqual(["part", "whole"]);
  expect(answer?.candidates[0]?.lowResLogits.within).toBeUndefined();
});

test("a refinement stays where it began", async () => {
  const { inner, segmentation } = await setUp();
  const answer = await segmentation.decode("whole", clickAt(600, 250), "click");
  await segmentation.look(null);
  const previousLogits = answer?.candidates[0]?.lowResLogits ?? null;
  await segmentation.decode("whole", { ...clickAt(620, 260), previousLogits }, "click");
  expect(inner.asked.at(-1)?.key).toBe("part");
  await segmentation.decode("whole", clickAt(620, 260), "click");
  expect(inner.asked.at(-1)?.key).toBe("whole");
});

test("logits of a part are not given to the whole image", async () => {
  const { inner, segmentation } = await setUp();
  const answer = await segmentation.decode("whole", clickAt(600, 250), "click");
  const previousLogits = answer?.candidates[0]?.lowResLogits ?? null;
  await segmentation.decode("whole", { ...clickAt(5, 5), previousLogits }, "click");
  expect(inner.asked.at(-1)).toMatchObject({ key: "whole", prompt: { previousLogits: null } });
});

test("a runtime that has taken over is given the part again", async () => {
  const { inner, segmentation } = await setUp();
  inner.failsOnce = "image_not_open";
  expect(await segmentation.decode("whole", clickAt(600, 250), "click")).not.toBeNull();
  expect(inner.opened).toEqual(["part", "part"]);
});

test("another image forgets the parts of the one before", async () => {
  const { inner, segmentation } = await setUp();
  await segmentation.open({ key: "next", url: "/next", manifestUrl: "/manifest" });
  await segmentation.decode("next", clickAt(600, 250), "click");
  expect(inner.asked.at(-1)?.key).toBe("next");
});

const SURROUNDINGS: ImageRegion = { ...REGION, embedding: { ...REGION.embedding, key: "surroundings" } };
const RULE = {
  fromPoint: 3,
  margin: 2,
  grid: { height: SIDE, width: SIDE, extentHw: [SIDE, SIDE] as const, threshold: 0 },
};
const CLICKS = [
  { point: imagePoint(600, 250), label: 1 },
  { point: imagePoint(700, 300), label: 1 },
  { point: imagePoint(650, 260), label: 0 },
] as const;

async function setUpCloser() {
  const inner = new NotingSegmentation();
  inner.closerLook = RULE;
  const segmentation = new RegionalSegmentation(inner);
  await segmentation.open({ key: "whole", url: "/whole", manifestUrl: "/manifest" });
  await segmentation.lookCloser(SURROUNDINGS);
  return { inner, segmentation };
}
const clicks = (...points: Prompt["points"]): Prompt => ({ ...EMPTY_PROMPT, points });

test("from the third point on, the surroundings of the object answer", async () => {
  const { inner, segmentation } = await setUpCloser();
  await segmentation.decode("whole", clicks(...CLICKS.slice(0, 2)), "click");
  await segmentation.decode("whole", clicks(...CLICKS), "click");
  expect(inner.asked.map(({ key }) => key)).toEqual(["whole", "surroundings"]);
});

test("a segmenter that does not look closer is not asked to", async () => {
  const { inner, segmentation } = await setUpCloser();
  inner.closerLook = null;
  await segmentation.open({ key: "whole", url: "/whole", manifestUrl: "/manifest" });
  await segmentation.lookCloser(SURROUNDINGS);
  await segmentation.decode("whole", clicks(...CLICKS), "click");
  expect(inner.asked.map(({ key }) => key)).toEqual(["whole"]);
});

test("background that was clicked far away is left out, a foreground point or the last one is not", async () => {
  const { inner, segmentation } = await setUpCloser();
  const far = imagePoint(5, 5);
  await segmentation.decode("whole", clicks({ point: far, label: 0 }, ...CLICKS), "click");
  expect(inner.asked.at(-1)).toMatchObject({ key: "surroundings", prompt: { points: { length: 3 } } });
  await segmentation.decode("whole", clicks(...CLICKS, { point: far, label: 0 }), "click");
  expect(inner.asked.at(-1)).toMatchObject({ key: "whole", prompt: { points: { length: 4 } } });
  await segmentation.decode("whole", clicks({ point: far, label: 1 }, ...CLICKS), "click");
  expect(inner.asked.at(-1)?.key).toBe("whole");
});

test("earlier logits are moved onto the grid of the surroundings, and back", async () => {
  const { inner, segmentation } = await setUpCloser();
  const first = await segmentation.decode("whole", clicks(...CLICKS.slice(0, 2)), "click");
  const previousLogits = first?.candidates[0]?.lowResLogits ?? null;
  const closer = await segmentation.decode("whole", { ...clicks(...CLICKS), previousLogits }, "click");
  const asked = inner.asked.at(-1)?.prompt.previousLogits;
  expect([asked?.height, asked?.width, asked?.within]).toEqual([SIDE, SIDE, { x0: 0.25, y0: 0.2, x1: 0.5, y1: 0.6 }]);

  const again = closer?.candidates[0]?.lowResLogits ?? null;
  await segmentation.decode("whole", { ...clicks(...CLICKS), previousLogits: again }, "click");
  expect(inner.asked.at(-1)?.prompt.previousLogits).toBe(again);
  await segmentation.lookCloser(null);
  await segmentation.decode("whole", { ...clicks(...CLICKS), previousLogits: again }, "click");
  expect(inner.asked.at(-1)).toMatchObject({ key: "whole" });
  const moved = inner.asked.at(-1)?.prompt.previousLogits;
  expect(moved?.within).toBeUndefined();
  expect(moved?.data[0]).toBe(-8);
});

test("an object that outgrows its surroundings is found in the whole image", async () => {
  const { inner, segmentation } = await setUpCloser();
  inner.fills = true;
  const answer = await segmentation.decode("whole", clicks(...CLICKS), "click");
  expect(inner.asked.map(({ key }) => key)).toEqual(["surroundings", "whole"]);
  expect(answer?.candidates[0]?.lowResLogits.within).toBeUndefined();
});

test("the other candidates come from where the best one came", async () => {
  const { inner, segmentation } = await setUpCloser();
  await segmentation.lookCloser(null);
  const prompt = clicks(...CLICKS);
  await segmentation.decode("whole", prompt, "click");
  await segmentation.lookCloser(SURROUNDINGS);
  await segmentation.decode("whole", prompt, "candidates");
  expect(inner.asked.map(({ key }) => key)).toEqual(["whole", "whole"]);
});
