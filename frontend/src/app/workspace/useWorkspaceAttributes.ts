import { useEffect } from "react";
import type { Editor, EmbeddingState } from "../../editor";
import { useSnapshot } from "../../ui/workspace";
import { useJournalStatus } from "../shell/journalContext";
import { describeSaving } from "../shell/saveState";

const EMBEDDING: Readonly<Record<EmbeddingState, string>> = {
  none: "queued",
  waiting: "queued",
  loading: "running",
  ready: "ready",
  failed: "failed",
};

/** What browser tests wait for, on the root of the workspace; the list is in `frontend/README.md`. */
export function useWorkspaceAttributes(editor: Editor): Record<`data-${string}`, string | number | undefined> {
  const { image, embeddingState, annotations, decoder, candidates, chosenCandidate } = useSnapshot(editor);
  const { state } = describeSaving(useJournalStatus());
  const filename = image?.filename;
  useEffect(() => {
    if (filename) document.title = `${filename} · Maskwright`;
  }, [filename]);
  return {
    "data-testid": "workspace",
    "data-image": image?.id,
    "data-embedding": EMBEDDING[embeddingState],
    "data-annotations": annotations.length,
    "data-save": state,
    "data-decode-ms": decoder.lastDecodeMs ?? undefined,
    "data-candidate-iou": candidates[chosenCandidate]?.predictedIou,
    "data-candidates": candidates.length,
  };
}
