import { getImage, getNeighbours, type ImageDto, type JournalSync, listAnnotations } from "../../api";
import type { ImageDetails, WorkspaceSource } from "../../editor";

/** The editor's port to the server: rows, neighbours, and annotations as this user left them. */
export function workspaceSource(sync: JournalSync): WorkspaceSource {
  return {
    async openImage(imageId, signal) {
      const [image, neighbours, annotations] = await Promise.all([
        getImage(imageId, signal),
        getNeighbours(imageId, signal),
        sync.openImage(imageId, () => listAnnotations(imageId, signal)),
      ]);
      return { image: detailsOf(image), neighbours, annotations };
    },
    async listLikelyNext(imageId, signal) {
      const { next, previous } = await getNeighbours(imageId, signal);
      const ids = [next, previous].filter((id) => id !== null);
      return Promise.all(ids.map(async (id) => detailsOf(await getImage(id, signal))));
    },
  };
}

function detailsOf(image: ImageDto): ImageDetails {
  return {
    id: image.id,
    filename: image.filename,
    width: image.width,
    height: image.height,
    contentUrl: image.content_url,
    thumbnailUrl: image.thumbnail_url,
    embeddingUrl: image.embedding.url,
    embeddingKey: image.embedding.key,
  };
}
