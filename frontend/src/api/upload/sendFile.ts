import { t } from "../../words";
import { NetworkError } from "../errors";
import { addressOf, apiErrorOf, csrfHeaders } from "../http";
import type { ImageDto } from "../types";

export interface SendOptions {
  readonly signal: AbortSignal;
  /** Bytes on their way so far. */
  readonly onProgress: (sent: number) => void;
}

/**
 * Uploads one image file. `fetch` tells nothing of its progress, so this is an XMLHttpRequest.
 * Throws ApiError when the server refuses, NetworkError when it does not answer, AbortError when cancelled.
 */
export function sendFile(projectId: number, file: File, { signal, onProgress }: SendOptions): Promise<ImageDto> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    const abort = (): void => xhr.abort();
    signal.addEventListener("abort", abort, { once: true });
    xhr.upload.onprogress = (event) => onProgress(event.loaded);
    xhr.onload = () => {
      if (xhr.status < 200 || xhr.status > 299) {
        reject(apiErrorOf(xhr.status, xhr.responseText, xhr.getResponseHeader("Retry-After")));
        return;
      }
      try {
        resolve(JSON.parse(xhr.responseText) as ImageDto);
      } catch {
        reject(new NetworkError());
      }
    };
    xhr.onerror = () =>
      reject(new NetworkError(t("The upload was interrupted. Check the connection, then try again.")));
    xhr.onabort = () => reject(new DOMException(t("The upload was cancelled."), "AbortError"));
    xhr.onloadend = () => signal.removeEventListener("abort", abort);
    xhr.open("POST", addressOf(`projects/${projectId}/images/`));
    for (const [name, value] of Object.entries(csrfHeaders())) xhr.setRequestHeader(name, value);
    const form = new FormData();
    form.append("file", file, file.name);
    xhr.send(form);
  });
}
