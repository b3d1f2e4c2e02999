import { boxCorners, imagePoint, imageToModel, type ModelResize } from "../geometry";
import type { FloatTensor } from "./embeddingFile";
import { SegmentationError } from "./errors";
import type { WirePrompt } from "./protocol";

/** Border encoding of the two corners of a box among the point labels. */
const BOX_LABELS = [2, 3] as const;

/**
 * The prompt as the decoder's tensors: `point_coords` (1, N, 2) in model points, `point_labels` (1, N), and
 * `mask_input` (1, 1, h, w) when there are earlier logits. A box is two more points, labelled 2 and 3.
 */
export function promptTensors(prompt: WirePrompt, resize: ModelResize): Map<string, FloatTensor> {
  const corners = prompt.boxXyxy ? boxPoints(prompt.boxXyxy) : [];
  const points = [...prompt.pointsXy.map(([x, y]) => imagePoint(x, y)), ...corners];
  const labels = [...prompt.labels, ...(prompt.boxXyxy ? BOX_LABELS : [])];
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

function boxPoints([x0, y0, x1, y1]: readonly [number, number, number, number]) {
  return boxCorners({ x0, y0, x1, y1 });
}

/** Exactly the inputs that a graph declares. */
export function feedsFor<T>(inputs: readonly string[], sources: readonly ReadonlyMap<string, T>[]): Record<string, T> {
  const feeds: Record<string, T> = {};
  for (const name of inputs) {
    const value = sources.find((source) => source.has(name))?.get(name);
    if (value === undefined) {
      throw new SegmentationError(
        "graph_mismatch",
        `The decoder asks for "${name}", which neither the embedding nor the prompt has. The server needs an update.`,
      );
    }
    feeds[name] = value;
  }
  return feeds;
}
