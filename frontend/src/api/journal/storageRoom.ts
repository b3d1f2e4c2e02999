/** What the browser gives this site: bytes. */
export interface StorageEstimate {
  readonly usage: number;
  readonly quota: number;
}

/** Room for some thousand unsent masks; below it the user is told. */
export const LOW_BYTES = 50e6;
const CHECK_MS = 60_000;

export const freeBytes = ({ usage, quota }: StorageEstimate): number => Math.max(quota - usage, 0);
export const isLow = (estimate: StorageEstimate | null): boolean =>
  estimate !== null && freeBytes(estimate) < LOW_BYTES;

/**
 * How much room the browser has left for changes that are not sent yet, looked at every minute, so that the user hears
 * of it before a change cannot be kept. Browsers that do not tell (plain http, older Safari) give no estimate.
 */
export class StorageRoom {
  private current: StorageEstimate | null = null;
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly storage: Pick<StorageManager, "estimate"> | undefined = globalThis.navigator?.storage) {}

  start(): void {
    this.timer ??= setInterval(() => void this.check(), CHECK_MS);
    void this.check();
  }

  close(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  estimate(): StorageEstimate | null {
    return this.current;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async check(): Promise<void> {
    // A browser that refuses to tell has told before when the journal could not be opened.
    const told = await this.storage?.estimate().catch(() => null);
    if (told?.quota === undefined || told.usage === undefined) return;
    this.current = { usage: told.usage, quota: told.quota };
    for (const listener of this.listeners) listener();
  }
}
