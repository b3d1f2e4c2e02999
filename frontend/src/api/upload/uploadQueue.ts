import { t } from "../../words";
import { isTemporary, sentenceOf } from "../errors";
import type { ImageDto } from "../types";
import { type SendOptions, sendFile } from "./sendFile";

export type UploadState =
  | { readonly kind: "waiting" }
  | { readonly kind: "sending"; readonly sent: number }
  | { readonly kind: "added"; readonly image: ImageDto }
  /** The project has the very same bytes already. */
  | { readonly kind: "duplicate"; readonly image: ImageDto }
  | { readonly kind: "failed"; readonly message: string; readonly canRetry: boolean }
  | { readonly kind: "cancelled" };

export interface Upload {
  readonly id: number;
  readonly name: string;
  readonly size: number;
  readonly state: UploadState;
}

export interface UploadQueueOptions {
  readonly projectId: number;
  readonly maxBytes: number;
  /** Called for each image that the project did not have before. */
  readonly onAdded: () => void;
  readonly parallel?: number;
  readonly send?: (projectId: number, file: File, options: SendOptions) => Promise<ImageDto>;
}

const PARALLEL = 3;

/** Sends the files of one project, a few at a time. A broken file gets its sentence and stops nobody else. */
export class UploadQueue {
  private uploads: readonly Upload[] = [];
  private readonly files = new Map<number, File>();
  private readonly controllers = new Map<number, AbortController>();
  private readonly listeners = new Set<() => void>();
  private lastId = 0;

  constructor(private readonly options: UploadQueueOptions) {}

  /** In the order in which they were added. A new array whenever something changed. */
  list = (): readonly Upload[] => this.uploads;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  add = (files: Iterable<File>): void => {
    const added = Array.from(files, (file): Upload => {
      this.lastId += 1;
      this.files.set(this.lastId, file);
      return { id: this.lastId, name: file.name, size: file.size, state: this.firstState(file) };
    });
    this.publish([...this.uploads, ...added]);
    this.startMore();
  };

  cancel(id: number): void {
    this.controllers.get(id)?.abort();
    if (this.find(id)?.state.kind === "waiting") this.setState(id, { kind: "cancelled" });
  }

  cancelAll(): void {
    for (const { id } of this.uploads) this.cancel(id);
  }

  retry(id: number): void {
    this.setState(id, { kind: "waiting" });
    this.startMore();
  }

  retryAll(): void {
    for (const { id, state } of this.uploads) {
      if (state.kind === "failed" && state.canRetry) this.setState(id, { kind: "waiting" });
    }
    this.startMore();
  }

  /** Takes what is finished, one way or another, off the list. */
  clearFinished(): void {
    this.publish(this.uploads.filter(({ state }) => state.kind === "waiting" || state.kind === "sending"));
  }

  private firstState(file: File): UploadState {
    const { maxBytes } = this.options;
    if (file.size === 0) return { kind: "failed", message: t("The file is empty."), canRetry: false };
    if (file.size <= maxBytes) return { kind: "waiting" };
    const message = t("The file has {size}, and this server takes up to {most}.", {
      size: formatMegabytes(file.size),
      most: formatMegabytes(maxBytes),
    });
    return { kind: "failed", message, canRetry: false };
  }

  private startMore(): void {
    while (this.controllers.size < (this.options.parallel ?? PARALLEL)) {
      const next = this.uploads.find(({ state }) => state.kind === "waiting");
      if (!next) return;
      void this.run(next.id);
    }
  }

  private async run(id: number): Promise<void> {
    const file = this.files.get(id);
    if (!file) return;
    const controller = new AbortController();
    this.controllers.set(id, controller);
    this.setState(id, { kind: "sending", sent: 0 });
    const state = await this.send(id, file, controller.signal);
    this.controllers.delete(id);
    if (state.kind !== "failed" && state.kind !== "cancelled") this.files.delete(id);
    this.setState(id, state);
    if (state.kind === "added") this.options.onAdded();
    this.startMore();
  }

  private async send(id: number, file: File, signal: AbortSignal): Promise<UploadState> {
    const send = this.options.send ?? sendFile;
    try {
      const onProgress = (sent: number): void => this.setState(id, { kind: "sending", sent });
      const image = await send(this.options.projectId, file, { signal, onProgress });
      return { kind: image.duplicate ? "duplicate" : "added", image };
    } catch (error) {
      if (signal.aborted) return { kind: "cancelled" };
      return { kind: "failed", message: sentenceOf(error), canRetry: isTemporary(error) };
    }
  }

  private find(id: number): Upload | undefined {
    return this.uploads.find((upload) => upload.id === id);
  }

  private setState(id: number, state: UploadState): void {
    this.publish(this.uploads.map((upload) => (upload.id === id ? { ...upload, state } : upload)));
  }

  private publish(uploads: readonly Upload[]): void {
    this.uploads = uploads;
    for (const listener of this.listeners) listener();
  }
}

function formatMegabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}
