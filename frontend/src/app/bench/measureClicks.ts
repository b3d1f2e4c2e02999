import type { Editor, EditorSnapshot } from "../../editor";
import { imagePoint, imageToModel, type ModelResize } from "../../geometry";
import type { Baseline } from "./baseline";

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

/** Spread over the middle of the canvas without repeating: the golden ratio's steps. */
function place(step: number): readonly [number, number] {
  return [0.3 + 0.4 * ((step * 0.618034) % 1), 0.3 + 0.4 * ((step * 0.754878) % 1)];
}

function modelPoint(editor: Editor, [x, y]: readonly [number, number]): readonly [number, number] {
  const resize = editor.state.embedding?.resize as ModelResize;
  const point = imageToModel(imagePoint(x * resize.originalHw[1], y * resize.originalHw[0]), resize);
  return [point.x, point.y];
}

async function click(editor: Editor, canvas: HTMLElement, [x, y]: readonly [number, number]) {
  const box = canvas.getBoundingClientRect();
  const where = {
    clientX: box.left + x * box.width,
    clientY: box.top + y * box.height,
    bubbles: true,
    button: 0,
    pointerId: 1,
  };
  const before = editor.getSnapshot().decoder;
  const isPainted = ({ decoder, isDecoding }: EditorSnapshot): boolean =>
    !isDecoding && decoder.lastPaintedMs !== before.lastPaintedMs;
  const start = performance.now();
  const answered = until(editor, isPainted);
  const completed = until(editor, () => editor.state.session.prompt.candidates?.isComplete ?? false);
  canvas.dispatchEvent(new PointerEvent("pointerdown", where));
  canvas.dispatchEvent(new PointerEvent("pointerup", where));
  const candidatesMs = completed.then(() => performance.now() - start);
  const { lastDecodeMs, lastPaintedMs } = (await answered).decoder;
  return {
    decodeMs: lastDecodeMs ?? Number.NaN,
    paintedMs: lastPaintedMs ?? Number.NaN,
    candidatesMs: await candidatesMs,
  };
}

function until(editor: Editor, condition: (snapshot: EditorSnapshot) => boolean): Promise<EditorSnapshot> {
  return new Promise((resolve) => {
    const unsubscribe = editor.subscribe(() => {
      const snapshot = editor.getSnapshot();
      if (!condition(snapshot)) return;
      unsubscribe();
      resolve(snapshot);
    });
  });
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
