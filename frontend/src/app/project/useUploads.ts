import { useMemo } from "react";
import { UploadQueue } from "../../api";
import { keys, queryClient } from "../queryClient";
import { useLimits } from "../session/sessionContext";

const REFRESH_MS = 700;

/** Queues outlive the page of their project: going to an image and back must not stop an upload. */
const queues = new Map<number, UploadQueue>();

export function useUploads(projectId: number): UploadQueue {
  const { max_upload_bytes: maxBytes } = useLimits();
  return useMemo(() => {
    const queue = queues.get(projectId) ?? new UploadQueue({ projectId, maxBytes, onAdded: refreshSoon(projectId) });
    queues.set(projectId, queue);
    return queue;
  }, [projectId, maxBytes]);
}

/** Many small files arrive within a second: the grid is asked for once for all of them. */
function refreshSoon(projectId: number): () => void {
  let isPlanned = false;
  return () => {
    if (isPlanned) return;
    isPlanned = true;
    setTimeout(() => {
      isPlanned = false;
      void queryClient.invalidateQueries({ queryKey: keys.project(projectId) });
    }, REFRESH_MS);
  };
}
