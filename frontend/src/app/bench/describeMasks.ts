import type { Editor, WorkspaceDescription } from "../../editor";
import { click, place } from "./clicking";

/** The candidates of a click, and of a second one that refines it: to compare runtimes with each other. */
export async function describeMasks(editor: Editor, canvas: HTMLElement): Promise<MaskReport> {
  const answers: WorkspaceDescription["candidates"][] = [];
  for (const step of [0, 1]) {
    await click(editor, canvas, place(step));
    answers.push(editor.describe().candidates);
  }
  const { runtime, threads } = editor.getSnapshot().decoder;
  return { answers, runtime, threads };
}

export interface MaskReport {
  readonly answers: readonly WorkspaceDescription["candidates"][];
  readonly runtime: string | null;
  readonly threads: number;
}
