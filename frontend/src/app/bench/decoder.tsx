import { createRoot } from "react-dom/client";
import { getImage, listImages, listProjects } from "../../api";
import { type AnnotationSync, Editor, type WorkspaceSource } from "../../editor";
import { loadPixels } from "../../rendering";
import { createSegmentation, parseForcedRuntime } from "../../segmentation";
import { Canvas } from "../../ui/workspace/Canvas";
import { detailsOf, manifestUrlOf } from "../workspace/workspaceSource";
import { measureClicks } from "./measureClicks";

/**
 * `bench-decoder.html?threads=1|2&image=ID`: clicks on an image with the product's own editor, worker, graphs and canvas,
 * and leaves `document.body.dataset.result` (see `measureClicks`), or `dataset.error`. Nothing is saved.
 */
async function main(): Promise<void> {
  const query = new URLSearchParams(location.search);
  const imageId = Number(query.get("image")) || (await firstImageId());
  const editor = createEditor(`wasm${query.get("threads") ?? "2"}`);
  const root = document.getElementById("root");
  if (!root) throw new Error("the page has no root element");
  createRoot(root).render(<Canvas editor={editor} />);
  await editor.openImage(imageId);
  const { problem, embeddingState } = editor.getSnapshot();
  if (embeddingState !== "ready") throw new Error(problem ?? `the embedding is ${embeddingState}`);
  const canvas = root.querySelector<HTMLElement>("[data-workspace]");
  if (!canvas) throw new Error("the canvas did not appear");
  document.body.dataset.result = JSON.stringify(await measureClicks(editor, canvas));
}

function createEditor(runtime: string): Editor {
  const segmentation = createSegmentation({
    manifestUrl: manifestUrlOf("pocket"),
    forced: parseForcedRuntime(runtime),
  });
  return new Editor({
    source: SOURCE,
    sync: NO_SYNC,
    segmentation,
    host: { showImage: () => undefined, notify: ({ message }) => report(message) },
    loadPixels,
    categories: [{ id: 1, name: "object", color: "#3b82f6" }],
  });
}

/** One image and no annotations. */
const SOURCE: WorkspaceSource = {
  openImage: async (imageId, signal) => ({
    image: detailsOf(await getImage(imageId, signal)),
    neighbours: { previous: null, next: null, position: 1, total: 1 },
    annotations: [],
  }),
  listLikelyNext: async () => [],
};

const NO_SYNC: AnnotationSync = {
  save: () => undefined,
  remove: () => undefined,
  resolve: () => undefined,
  status: () => ({ state: "saved", pending: 0, message: null }),
  subscribe: () => () => undefined,
};

async function firstImageId(): Promise<number> {
  for (const project of await listProjects()) {
    const { results } = await listImages(project.id, { state: null, search: "" }, null);
    if (results[0]) return results[0].id;
  }
  throw new Error("there is no image to measure on; upload one first");
}

function report(message: string): void {
  document.body.dataset.error = message;
}

main().catch((error: unknown) => report(error instanceof Error ? error.message : String(error)));
