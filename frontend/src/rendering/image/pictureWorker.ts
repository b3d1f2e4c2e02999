/// <reference lib="webworker" />

import { fetchLevels } from "./pictureLevels";
import type { PictureReply, PictureRequest } from "./pictureLink";

const scope = self as unknown as DedicatedWorkerGlobalScope;

scope.onmessage = async ({ data: { id, url } }: MessageEvent<PictureRequest>) => {
  try {
    const levels = await fetchLevels(url);
    scope.postMessage({ id, levels } satisfies PictureReply, levels);
  } catch (error) {
    scope.postMessage({ id, error: String(error) } satisfies PictureReply);
  }
};
