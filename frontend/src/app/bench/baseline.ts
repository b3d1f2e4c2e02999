import type { BaselineCase } from "./benchCase";

export type BaselineRequest =
  | {
      readonly type: "load";
      readonly baseline: BaselineCase;
      readonly embeddingUrl: string;
      readonly threads: number;
    }
  /** In model points. */
  | { readonly type: "decode"; readonly x: number; readonly y: number };

export type BaselineReply = { readonly ms: number } | { readonly error: string };

/** The decoder that we compare with. One request at a time. */
export class Baseline {
  private readonly worker = new Worker(new URL("./baselineWorker.ts", import.meta.url), { type: "module" });

  async load(baseline: BaselineCase, embeddingUrl: string, threads: number): Promise<void> {
    await this.request({ type: "load", baseline, embeddingUrl, threads });
  }

  /** Time of one run inside the worker, in ms. */
  decode(x: number, y: number): Promise<number> {
    return this.request({ type: "decode", x, y });
  }

  private request(request: BaselineRequest): Promise<number> {
    return new Promise((resolve, reject) => {
      this.worker.onerror = ({ message }) => reject(new Error(message));
      this.worker.onmessage = ({ data: reply }: MessageEvent<BaselineReply>) => {
        if ("ms" in reply) resolve(reply.ms);
        else reject(new Error(reply.error));
      };
      this.worker.postMessage(request);
    });
  }
}
