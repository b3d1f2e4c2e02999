import type { Editor, EditorSnapshot } from "../../editor";

export interface ClickTimes {
  /** Median time of a first click's decode inside the worker, in ms. */
  readonly ms: number;
  /** The same for a second click, with the logits of the first one fed back. */
  readonly refine_ms: number;
  /** Median time from a first click's pointer event to the end of the frame that shows its mask, in ms. */
  readonly painted_ms: number;
  readonly runs: number;
  readonly runtime: string | null;
  readonly threads: number;
}

const WARM_UP_RUNS = 12;
const RUNS = 31;
const PAUSE_MS = 30;

/** Clicks here and there, twice each: the second click refines. The first rounds are not counted. */
export async function measureClicks(editor: Editor, canvas: HTMLElement): Promise<ClickTimes> {
  const [decode, refine, painted]: [number[], number[], number[]] = [[], [], []];
  for (let round = -WARM_UP_RUNS; round < RUNS; round++) {
    const first = await click(editor, canvas, place(round, 0));
    const second = await click(editor, canvas, place(round, 1));
    editor.cancel();
    await pause();
    if (round < 0) continue;
    decode.push(first.decodeMs);
    painted.push(first.paintedMs);
    refine.push(second.decodeMs);
  }
  const { runtime, threads } = editor.getSnapshot().decoder;
  return { ms: median(decode), refine_ms: median(refine), painted_ms: median(painted), runs: RUNS, runtime, threads };
}

/** Spread over the middle of the canvas without repeating: the golden ratio's steps. */
function place(round: number, which: number): readonly [number, number] {
  const step = (round + WARM_UP_RUNS) * 2 + which;
  return [0.3 + 0.4 * ((step * 0.618034) % 1), 0.3 + 0.4 * ((step * 0.754878) % 1)];
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
  const answered = until(editor, isPainted);
  canvas.dispatchEvent(new PointerEvent("pointerdown", where));
  canvas.dispatchEvent(new PointerEvent("pointerup", where));
  const { lastDecodeMs, lastPaintedMs } = (await answered).decoder;
  return { decodeMs: lastDecodeMs ?? Number.NaN, paintedMs: lastPaintedMs ?? Number.NaN };
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
