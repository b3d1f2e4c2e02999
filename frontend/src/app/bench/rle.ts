import type { RleReply, RleRequest } from "./rleWorker";

/**
 * `bench-rle.html?mask=URL&height=H&width=W&runs=N`: encodes and decodes one mask in a worker, as the segmentation
 * worker would, and leaves `document.body.dataset.result` (`RleTimes`), or `dataset.error`.
 */
function main(): void {
  const query = new URLSearchParams(location.search);
  const number = (name: string): number => Number(query.get(name));
  const worker = new Worker(new URL("./rleWorker.ts", import.meta.url), { type: "module" });
  worker.onerror = ({ message }) => fail(message);
  worker.onmessage = ({ data: reply }: MessageEvent<RleReply>) => {
    if ("error" in reply) fail(reply.error);
    else document.body.dataset.result = JSON.stringify(reply);
  };
  const url = new URL(query.get("mask") ?? "", location.href).href;
  worker.postMessage({
    url,
    height: number("height"),
    width: number("width"),
    runs: number("runs"),
  } satisfies RleRequest);
}

function fail(message: string): void {
  document.body.dataset.error = message;
}

main();
