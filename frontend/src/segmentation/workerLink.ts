import { t } from "../words";
import { SegmentationError } from "./errors";
import type { WorkerReply, WorkerRequest, WorkerResults } from "./protocol";

/** What of a Worker is used; tests connect the core directly. */
export interface MessageLink {
  postMessage(request: WorkerRequest): void;
  onReply(listener: (reply: WorkerReply) => void): void;
  onCrash(listener: (message: string) => void): void;
  terminate(): void;
}

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

type RequestBody<Kind extends WorkerRequest["type"]> = Omit<Extract<WorkerRequest, { type: Kind }>, "id" | "type">;

/** Requests to one worker: each gets its id, and its promise is settled by the reply with that id. */
export class WorkerLink {
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;

  constructor(
    private readonly link: MessageLink,
    private readonly onWaiting: (key: string) => void,
  ) {
    link.onReply((reply) => this.receive(reply));
    link.onCrash((message) => this.failAll(message));
  }

  request<Kind extends WorkerRequest["type"]>(type: Kind, body: RequestBody<Kind>): Promise<WorkerResults[Kind]> {
    const id = ++this.lastId;
    return new Promise<WorkerResults[Kind]>((resolve, reject) => {
      this.waiting.set(id, { resolve: resolve as (result: unknown) => void, reject });
      this.link.postMessage({ type, id, ...body } as unknown as WorkerRequest);
    });
  }

  dispose(): void {
    this.link.terminate();
    this.failAll("it was closed");
  }

  private receive(reply: WorkerReply): void {
    switch (reply.type) {
      case "result":
        this.take(reply.id)?.resolve(reply.result);
        break;
      case "error":
        this.take(reply.id)?.reject(new SegmentationError(reply.error.code, reply.error.message));
        break;
      case "embedding_waiting":
        this.onWaiting(reply.key);
        break;
      default:
        reply satisfies never;
    }
  }

  private take(id: number): Waiting | undefined {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    return waiting;
  }

  private failAll(message: string): void {
    const error = new SegmentationError(
      "worker_crashed",
      t("The mask decoder stopped ({message}). Reload the page.", { message }),
    );
    for (const id of [...this.waiting.keys()]) this.take(id)?.reject(error);
  }
}

/** A Worker as a link. */
export function linkWorker(worker: Worker): MessageLink {
  return {
    postMessage: (request) => worker.postMessage(request),
    onReply: (listener) => {
      worker.onmessage = (event: MessageEvent<WorkerReply>) => listener(event.data);
    },
    onCrash: (listener) => {
      worker.onerror = (event) => listener(event.message || "it could not be loaded");
    },
    terminate: () => worker.terminate(),
  };
}
