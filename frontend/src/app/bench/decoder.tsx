import { createRoot } from "react-dom/client";
import { type AnnotationSync, Editor, type WorkspaceSource } from "../../editor";
import { afterNextFrame, loadImage } from "../../rendering";
import { createSegmentation, parseForcedRuntime } from "../../segmentation";
import { Canvas } from "../../ui/workspace/Canvas";
import { Baseline } from "./baseline";
import { type BenchCase, fetchCase, imageOf } from "./benchCase";
import { describeMasks } from "./describeMasks";
import { measureClicks } from "./measureClicks";
import { measureSession } from "./measureSession";

/**
 * `bench-decoder.html?case=URL&threads=1|2&warm-up=N&runs=N`: clicks on an image with the product's own editor, worker,
 * runtime and canvas, by turns with a baseline, and leaves `document.body.dataset.result` (see `measureClicks`), or
 * `dataset.error`. With `&measure=session` it starts workers instead (see `measureSession`), with
 * `&measure=masks&runtime=webgpu|wasm` it tells the masks (see `describeMasks`).
 */
async function main(): Promise<void> {
  const query = new URLSearchParams(location.search);
  const number = (name: string, otherwise: number): number => Number(query.get(name)) || otherwise;
  const benchCase = await fetchCase(query.get("case") ?? "case.json");
  const threads = number("threads", 2);
  if (query.get("measure") === "session") {
    return publish(await measureSession(benchCase.manifestUrl, threads));
  }
  const editor = createEditor(benchCase, query.get("runtime") ?? `wasm${threads}`);
  const canvas = await openIn(editor);
  if (query.get("measure") === "masks") return publish(await describeMasks(editor, canvas));
  const rounds = { warmUp: number("warm-up", 12), measured: number("runs", 31) };
  publish(await measureClicks(editor, canvas, await startBaseline(benchCase, threads), rounds));
}

async function openIn(editor: Editor): Promise<HTMLElement> {
  const root = document.getElementById("root");
  if (!root) throw new Error("the page has no root element");
  createRoot(root).render(<Canvas editor={editor} />);
  await editor.openImage(1);
  const { problem, embeddingState } = editor.getSnapshot();
  if (embeddingState !== "ready") throw new Error(problem ?? `the embedding is ${embeddingState}`);
  const canvas = root.querySelector<HTMLElement>("[data-workspace]");
  if (!canvas) throw new Error("the canvas did not appear");
  return canvas;
}

async function startBaseline({ baseline, embeddingUrl }: BenchCase, threads: number): Promise<Baseline | null> {
  if (!baseline) return null;
  const started = new Baseline();
  await started.load(baseline, embeddingUrl, threads);
  return started;
}

function createEditor(benchCase: BenchCase, runtime: string): Editor {
  return new Editor({
    source: sourceOf(benchCase),
    sync: NO_SYNC,
    segmentation: createSegmentation({
      manifestUrl: benchCase.manifestUrl,
      forced: parseForcedRuntime(runtime),
    }),
    host: { showImage: () => undefined, notify: ({ message }) => report(message), reveal: () => undefined },
    loadPixels: (files) => loadImage(files, new AbortController().signal),
    afterPaint: afterNextFrame,
    categories: [{ id: 1, name: "object", color: "#3b82f6" }],
  });
}

/** One image and no annotations. Nothing is saved. */
function sourceOf(benchCase: BenchCase): WorkspaceSource {
  return {
    openImage: async () => ({
      image: imageOf(benchCase),
      neighbours: { previous: null, next: null, position: 1, total: 1 },
      annotations: [],
    }),
    listLikelyNext: async () => [],
  };
}

const NO_SYNC: AnnotationSync = {
  save: () => undefined,
  remove: () => undefined,
  resolve: () => undefined,
  status: () => ({ state: "saved", pending: 0, message: null }),
  subscribe: () => () => undefined,
};

function publish(result: object): void {
  document.body.dataset.result = JSON.stringify(result);
}

function report(message: string): void {
  document.body.dataset.error = message;
}

main().catch((error: unknown) => report(error instanceof Error ? error.message : String(error)));
