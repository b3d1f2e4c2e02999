import { getImage, getNeighbours, type ImageDto, listAnnotations, type OpenJournal } from "../../api";
import type { Draft, ImageDetails, WorkspaceSource } from "../../editor";
import { memoryOf, storedMemoryOf } from "./storedMemory";

/**
 * The editor's port to the server: rows, neighbours, and annotations as this user left them. `onImage` hears of an
 * image that is being opened while its annotations are still on their way.
 */
export function workspaceSource(
  journal: Pick<OpenJournal, "sync" | "drafts" | "memories">,
  onImage: (image: ImageDetails) => void,
): WorkspaceSource {
  const { sync, drafts, memories } = journal;
  return {
    async openImage(imageId, signal) {
      const [image, neighbours, annotations, draft, memory] = await Promise.all([
        getImage(imageId, signal).then((row) => {
          if (!signal.aborted) onImage(detailsOf(row));
          return row;
        }),
        getNeighbours(imageId, signal),
        sync.openImage(imageId, () => listAnnotations(imageId, signal)),
        drafts.load(imageId),
        memories.load(imageId),
      ]);
      return { image: detailsOf(image), neighbours, annotations, draft: draftOf(draft), memory: memoryOf(memory) };
    },
    saveDraft: (imageId, draft) => drafts.save(imageId, draft),
    saveMemory: (imageId, memory) => memories.save(imageId, storedMemoryOf(memory)),
    async listLikelyNext(imageId, signal) {
      const { next, previous } = await getNeighbours(imageId, signal);
      const ids = [next, previous].filter((id) => id !== null);
      return Promise.all(ids.map(async (id) => detailsOf(await getImage(id, signal))));
    },
  };
}

export function detailsOf(image: ImageDto): ImageDetails {
  return {
    id: image.id,
    filename: image.filename,
    width: image.width,
    height: image.height,
    contentUrl: image.content_url,
    thumbnailUrl: image.thumbnail_url,
    tileUrl: image.tile_url,
    values: valuesOf(image),
    embeddingUrl: image.embedding.url,
    embeddingKey: image.embedding.key,
    regionUrl: `/api/v1/images/${image.id}/embedding/region/`,
    manifestUrl: manifestUrlOf(image.embedding.segmenter),
  };
}

function valuesOf({ id, values, content_url }: ImageDto): ImageDetails["values"] {
  const [low, high] = values ?? [];
  if (low === undefined || high === undefined) return null;
  const key = new URL(content_url, location.href).searchParams.get("key") ?? "";
  return { range: [low, high], windowUrl: `/api/v1/images/${id}/window/?key=${key}&low={low}&high={high}` };
}

/** Absolute: the worker that reads it has its own base address. */
export function manifestUrlOf(segmenter: string): string {
  return new URL(`/api/v1/segmenters/${encodeURIComponent(segmenter)}/manifest/`, location.href).href;
}

/** What was stored by this page or by an older one: a shape that is not known is no draft. */
function draftOf(stored: unknown): Draft | null {
  const draft = stored as Draft | null;
  return draft && Array.isArray(draft.prompt?.points) && draft.prompt.candidates === null ? draft : null;
}
