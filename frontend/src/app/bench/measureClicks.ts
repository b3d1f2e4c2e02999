import type { Editor } from "../../editor";
import { imagePoint, imageToModel, type ModelResize } from "../../geometry";
import type { Baseline } from "./baseline";
import { click, type Place, place } from "./clicking";
import { median } from "./median";

export interface ClickTimes {
  /** Median time of a first click's decode inside the worker, in ms. */
  readonly ms: number;
  /** The same for a second click, with the logits of the first one fed back. */
  readonly refine_ms: number;
  /** Median time from a first click's pointer event to the end of the frame that shows its mask, in ms. */
  readonly painted_ms: number;
  /** Median time from a first click's pointer event to all of its candidates, in ms. */
  readonly candidates_ms: number;
  /** Median time of the baseline's runs, which take turns with the clicks, in ms. */
  readonly baseline_ms: number | null;
  readonly runs: number;
  readonly runtime: string | null;
  readonly threads: number;
}

export interface Rounds {
  readonly warmUp: number;
  readonly measured: number;
}

const PAUSE_MS = 30;

/** Clicks here and there, twice each: the second click refines. Then the baseline decodes the first one. */
export async function measureClicks(
  editor: Editor,
  canvas: HTMLElement,
  baseline: Baseline | null,
  { warmUp, measured }: Rounds,
): Promise<ClickTimes> {
  const times: Record<"decode" | "painted" | "candidates" | "refine" | "baseline", number[]> = {
    decode: [],
    painted: [],
    candidates: [],
    refine: [],
    baseline: [],
  };
  for (let round = 0; round < warmUp + measured; round++) {
    const first = await click(editor, canvas, place(2 * round));
    const second = await click(editor, canvas, place(2 * round + 1));
    const [x, y] = modelPoint(editor, place(2 * round));
    editor.cancel();
    const baselineMs = await baseline?.decode(x, y);
    await pause();
    if (round < warmUp) continue;
    times.decode.push(first.decodeMs);
    times.painted.push(first.paintedMs);
    times.candidates.push(first.candidatesMs);
    times.refine.push(second.decodeMs);
    if (baselineMs !== undefined) times.baseline.push(baselineMs);
  }
  const { runtime, threads } = editor.getSnapshot().decoder;
  return {
    ms: median(times.decode),
    refine_ms: median(times.refine),
    painted_ms: median(times.painted),
    candidates_ms: median(times.candidates),
    baseline_ms: baseline && median(times.baseline),
    runs: measured,
    runtime,
    threads,
  };
}

function modelPoint(editor: Editor, [x, y]: Place): readonly [number, number] {
  const resize = editor.state.embedding?.resize as ModelResize;
  const point = imageToModel(imagePoint(x * resize.originalHw[1], y * resize.originalHw[0]), resize);
  return [point.x, point.y];
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
