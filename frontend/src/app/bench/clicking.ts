import type { Editor, EditorSnapshot } from "../../editor";

/** Parts of the canvas's width and height. */
export type Place = readonly [number, number];

/** Spread over the middle of the canvas without repeating: the golden ratio's steps. */
export function place(step: number): Place {
  return [0.3 + 0.4 * ((step * 0.618034) % 1), 0.3 + 0.4 * ((step * 0.754878) % 1)];
}

/** Times from the pointer event on, in ms; resolves when all candidates are there and the best one is painted. */
export interface AnsweredClick {
  readonly decodeMs: number;
  readonly paintedMs: number;
  readonly candidatesMs: number;
}

/** Presses and releases like a person. */
export async function click(editor: Editor, canvas: HTMLElement, [x, y]: Place): Promise<AnsweredClick> {
  const box = canvas.getBoundingClientRect();
  const where = {
    clientX: box.left + x * box.width,
    clientY: box.top + y * box.height,
    bubbles: true,
    button: 0,
    pointerId: 1,
  };
  const before = editor.getSnapshot();
  const isPainted = ({ decoder, isDecoding }: EditorSnapshot): boolean =>
    !isDecoding && decoder.lastPaintedMs !== before.decoder.lastPaintedMs;
  const isComplete = ({ promptPoints }: EditorSnapshot): boolean =>
    promptPoints.length > before.promptPoints.length && !!editor.state.session.prompt.candidates?.isComplete;
  const start = performance.now();
  const answered = until(editor, isPainted);
  const completed = until(editor, isComplete);
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
