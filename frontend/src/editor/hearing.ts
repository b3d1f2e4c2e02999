import type { SegmentationPort } from "../segmentation";
import type { Editing } from "./editing";
import type { AnnotationSync } from "./ports";
import type { Store } from "./store";

/** What the journal tells of saving, conflicts and the work of others. -> a function that stops listening. */
export function hearSync(store: Store, editing: Editing, sync: AnnotationSync): () => void {
  return sync.subscribe((event) => {
    const { image, conflicts } = store.state;
    switch (event.type) {
      case "status":
        store.update({ sync: event.status });
        break;
      case "conflict":
        if (event.conflict.imageId === image?.id) {
          const others = conflicts.filter(({ id }) => id !== event.conflict.id);
          store.update({ conflicts: [...others, event.conflict] });
        }
        break;
      case "remote":
        if (event.imageId === image?.id) editing.applyRemote(event.id, event.annotation);
        break;
      default:
        event satisfies never;
    }
  });
}

/** What the worker tells of itself and of embeddings that the server still computes. -> a function that stops listening. */
export function hearSegmentation(store: Store, segmentation: SegmentationPort): () => void {
  return segmentation.subscribe((event) => {
    switch (event.type) {
      case "runtime":
        store.update({ decoder: { ...store.state.decoder, ...event.report } });
        break;
      case "embedding_waiting":
        if (event.key === store.state.image?.embeddingKey) store.update({ embeddingState: "waiting" });
        break;
      default:
        event satisfies never;
    }
  });
}
