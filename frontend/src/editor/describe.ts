import type { ImageBox, Viewport } from "../geometry";
import { encodeLogits, type Rle } from "../masks";
import { type Candidate, shownLogits } from "../session";
import { type EditorState, imageHwOf } from "./state";

/**
 * What the workspace shows, as data: for tests that walk the page in a browser, and for people who look into a
 * problem. `Canvas` puts `describe()` on the element with `data-workspace`. It can be read, never written.
 */
export interface WorkspaceDescription {
  readonly imageId: number | null;
  readonly imageHw: readonly [number, number] | null;
  readonly imageState: string;
  readonly embeddingState: string;
  readonly runtime: string | null;
  readonly threads: number;
  readonly tool: string;
  /** screen = image * scale + offset, in CSS pixels from the canvas's top left corner. */
  readonly viewport: Viewport;
  /** x, y, width, height of the part of the image that has an embedding of its own, in which prompts are answered. */
  readonly region: readonly [number, number, number, number] | null;
  /** The same of the surroundings of the object that is being corrected. */
  readonly closerPart: readonly [number, number, number, number] | null;
  /** The part of the image, as shares of its width and height, that the shown mask was decoded in; null: all of it. */
  readonly decodedWithin: readonly [number, number, number, number] | null;
  readonly points: readonly { x: number; y: number; label: number }[];
  readonly box: readonly [number, number, number, number] | null;
  readonly hoverRle: Rle | null;
  readonly candidates: readonly ({ rle: Rle } & Omit<Candidate, "lowResLogits">)[];
  readonly chosen: number;
  readonly annotations: readonly { id: string; categoryId: number; rle: Rle; area: number }[];
  readonly selectedId: string | null;
  readonly pending: number;
}

export function describeState(state: EditorState): WorkspaceDescription {
  const { image, session } = state;
  const { prompt, hover } = session;
  const imageHw = image && imageHwOf(image);
  const within = shownLogits(prompt)?.within;
  const preview = hover?.candidates.all[0];
  return {
    imageId: image?.id ?? null,
    imageHw,
    imageState: state.imageState,
    embeddingState: state.embeddingState,
    runtime: state.decoder.runtime,
    threads: state.decoder.threads,
    tool: session.tool,
    viewport: session.viewport,
    region: state.region && xywh(state.region),
    closerPart: state.closerPart && xywh(state.closerPart),
    decodedWithin: within ? xywh(within) : null,
    points: prompt.points.map(({ point, label }) => ({ x: point.x, y: point.y, label })),
    box: prompt.box && [prompt.box.x0, prompt.box.y0, prompt.box.x1, prompt.box.y1],
    hoverRle: imageHw && preview ? encodeLogits(preview.lowResLogits, imageHw).rle : null,
    candidates: (imageHw ? (prompt.candidates?.all ?? []) : []).map((candidate) => ({
      rle: encodeLogits(candidate.lowResLogits, imageHw ?? [1, 1]).rle,
      predictedIou: candidate.predictedIou,
      stabilityScore: candidate.stabilityScore,
      meanLogit: candidate.meanLogit,
    })),
    chosen: prompt.candidates?.chosen ?? 0,
    annotations: [...state.document.annotations.values()].map(({ id, categoryId, rle, area }) => ({
      id,
      categoryId,
      rle,
      area,
    })),
    selectedId: session.selection,
    pending: state.sync.pending,
  };
}

function xywh({ x0, y0, x1, y1 }: ImageBox): [number, number, number, number] {
  return [x0, y0, x1 - x0, y1 - y0];
}
