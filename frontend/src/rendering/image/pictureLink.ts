import { fetchLevels } from "./pictureLevels";

export interface PictureRequest {
  readonly id: number;
  /** Absolute. */
  readonly url: string;
}

/** The levels are transferred. */
export type PictureReply =
  | { readonly id: number; readonly levels: ImageBitmap[] }
  | { readonly id: number; readonly error: string };

interface Waiting {
  resolve(levels: ImageBitmap[]): void;
  reject(error: Error): void;
}

/** What of a Worker is used. */
type PictureWorker = Pick<Worker, "postMessage" | "onmessage" | "onerror">;

/** Requests to the worker that fetches, decodes and scales pictures, so that the page's thread is free meanwhile. */
export class PictureLink {
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;
  private isBroken = false;

  constructor(
    private readonly worker: PictureWorker,
    private readonly fetchHere = fetchLevels,
  ) {
    worker.onmessage = ({ data }: MessageEvent<PictureReply>) => this.receive(data);
    worker.onerror = () => this.giveUp();
  }

  /** Where there is no such worker, the page's own thread does its work. */
  async fetch(url: string): Promise<ImageBitmap[]> {
    if (this.isBroken) return this.fetchHere(url);
    const id = ++this.lastId;
    const asked = new Promise<ImageBitmap[]>((resolve, reject) => this.waiting.set(id, { resolve, reject }));
    this.worker.postMessage({ id, url } satisfies PictureRequest);
    return asked.catch((error: unknown) => {
      if (this.isBroken) return this.fetchHere(url);
      throw error;
    });
  }

  private receive(reply: PictureReply): void {
    const waiting = this.waiting.get(reply.id);
    this.waiting.delete(reply.id);
    if ("error" in reply) waiting?.reject(new Error(reply.error));
    else waiting?.resolve(reply.levels);
  }

  private giveUp(): void {
    this.isBroken = true;
    for (const { reject } of this.waiting.values()) reject(new Error("The worker for pictures could not be started."));
    this.waiting.clear();
  }
}

let link: PictureLink | null = null;

/** One for the page, started with its first picture. */
export function pictureLink(): PictureLink {
  link ??= new PictureLink(new Worker(new URL("./pictureWorker.ts", import.meta.url), { type: "module" }));
  return link;
}
