import { describe, expect, test } from "vitest";
import { feedsFor, promptTensors, validTensors, wantedTensors } from "./feeds";
import type { WirePrompt } from "./protocol";

const resize = { originalHw: [100, 200], inputHw: [512, 1024] } as const;
const click: WirePrompt = { key: "a", pointsXy: [[50, 25]], labels: [1], boxXyxy: null, previousLogits: null };
const boxed: WirePrompt = { ...click, boxXyxy: [10, 20, 30, 40] };

const values = (prompt: WirePrompt, padding: "without_box" | "always"): number[][] => {
  const tensors = promptTensors(prompt, resize, padding);
  return [[...(tensors.get("point_coords")?.data ?? [])], [...(tensors.get("point_labels")?.data ?? [])]];
};

describe("prompt tensors", () => {
  test("a click is a model point and a padding point", () => {
    expect(values(click, "without_box")).toEqual([
      [256, 128, 0, 0],
      [1, -1],
    ]);
  });

  test("a box is two more points, and takes the padding point's place unless every prompt has one", () => {
    expect(values(boxed, "without_box")[1]).toEqual([1, 2, 3]);
    expect(values(boxed, "always")[1]).toEqual([1, 2, 3, -1]);
    expect(values(boxed, "without_box")[0]?.slice(2)).toEqual([
      expect.closeTo(51.2, 4),
      expect.closeTo(102.4, 4),
      expect.closeTo(153.6, 4),
      expect.closeTo(204.8, 4),
    ]);
  });

  test("many points keep their order", () => {
    const pointsXy = Array.from({ length: 40 }, (_, index) => [index, index] as const);
    const labels = pointsXy.map((_, index) => index % 2);
    const tensors = promptTensors({ ...click, pointsXy, labels }, resize, "without_box");
    expect(tensors.get("point_coords")?.dims).toEqual([1, 41, 2]);
    expect([...(tensors.get("point_labels")?.data ?? [])]).toEqual([...labels, -1]);
  });

  test("earlier logits keep their own size, and are copied", () => {
    const data = new Float32Array(288 * 288).fill(3);
    const previousLogits = { height: 288, width: 288, data, extentHw: [288, 288], threshold: 0 } as const;
    const mask = promptTensors({ ...click, previousLogits }, resize, "always").get("mask_input");
    expect(mask?.dims).toEqual([1, 1, 288, 288]);
    expect(mask?.data).not.toBe(data);
  });
});

describe("feeds", () => {
  const sources = [promptTensors(click, resize, "without_box"), wantedTensors([0, 1, 2])];

  test("are exactly what the graph declares", () => {
    expect(Object.keys(feedsFor(["point_labels"], sources))).toEqual(["point_labels"]);
    expect(feedsFor(["wanted"], sources).wanted).toEqual({ dims: [3], data: Int32Array.of(0, 1, 2) });
  });

  test("a part of the logits is asked for in whole cells", () => {
    expect(validTensors([42.7, 64]).get("valid_hw")?.data).toEqual(Int32Array.of(43, 64));
    expect(Math.min(...(validTensors(null).get("valid_hw")?.data ?? [0]))).toBeGreaterThan(1000);
  });

  test("a tensor that nobody has is told", () => {
    expect(() => feedsFor(["high_res"], sources)).toThrow(/asks for "high_res"/);
  });
});
