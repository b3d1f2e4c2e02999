import { boxCorners, imagePoint, imageToModel, type ModelResize, type SizeHw } from "../geometry";
import { t } from "../words";
import { SegmentationError } from "./errors";
import type { PaddingPoint } from "./manifest";
import type { WirePrompt } from "./protocol";
import type { FloatTensor, InputTensor, IntTensor } from "./tensors";

/** Border encoding of the two corners of a box among the point labels, and of a padding point. */
const BOX_LABELS = [2, 3] as const;
const PADDING_LABEL = -1;

/**
 * The prompt as the decoder's tensors: `point_coords` (1, N, 2) in model points, `point_labels` (1, N), and
 * `mask_input` (1, 1, h, w) when there are earlier logits. A box is two more points, labelled 2 and 3. A padding point
 * at (0, 0) ends the prompts that the networks saw one with in training.
 */
export function promptTensors(
  prompt: WirePrompt,
  resize: ModelResize,
  paddingPoint: PaddingPoint,
): Map<string, FloatTensor> {
  const { boxXyxy } = prompt;
  const padding = boxXyxy && paddingPoint === "without_box" ? [] : [imagePoint(0, 0)];
  const corners = boxXyxy ? boxPoints(boxXyxy) : [];
  const points = [...prompt.pointsXy.map(([x, y]) => imagePoint(x, y)), ...corners, ...padding];
  const labels = [...prompt.labels, ...(boxXyxy ? BOX_LABELS : []), ...padding.map(() => PADDING_LABEL)];
  const coords = points.map((point) => imageToModel(point, resize)).flatMap(({ x, y }) => [x, y]);
  const tensors = new Map<string, FloatTensor>([
    ["point_coords", { dims: [1, points.length, 2], data: Float32Array.from(coords) }],
    ["point_labels", { dims: [1, points.length], data: Float32Array.from(labels) }],
  ]);
  const previous = prompt.previousLogits;
  if (previous) {
    tensors.set("mask_input", {
      dims: [1, 1, previous.height, previous.width],
      data: previous.data.slice(),
    });
  }
  return tensors;
}

/** `wanted` (K,): which candidates the graph shall answer with, by rank; 0 is the best. */
export function wantedTensors(ranks: readonly number[]): Map<string, IntTensor> {
  return new Map([["wanted", { dims: [ranks.length], data: Int32Array.from(ranks) }]]);
}

/** More than any decoder answers with. */
const EVERYTHING: SizeHw = [2 ** 20, 2 ** 20];

/**
 * `valid_hw` (2,): how many rows and columns of logits are asked for, for graphs that can leave out what is padding.
 * `null`: all of them, since logits that may be fed back must be complete.
 */
export function validTensors(extentHw: SizeHw | null): Map<string, IntTensor> {
  return new Map([["valid_hw", { dims: [2], data: Int32Array.from(extentHw ?? EVERYTHING, Math.ceil) }]]);
}

function boxPoints([x0, y0, x1, y1]: readonly [number, number, number, number]) {
  return boxCorners({ x0, y0, x1, y1 });
}

/** Exactly the inputs that a graph declares. */
export function feedsFor(
  inputs: readonly string[],
  sources: readonly ReadonlyMap<string, InputTensor>[],
): Record<string, InputTensor> {
  const feeds: Record<string, InputTensor> = {};
  for (const name of inputs) {
    const value = sources.find((source) => source.has(name))?.get(name);
    if (value === undefined) {
      throw new SegmentationError(
        "graph_mismatch",
        t(
          'The decoder asks for "{name}", which neither the embedding nor the prompt has. The server needs an update.',
          { name },
        ),
      );
    }
    feeds[name] = value;
  }
  return feeds;
}
