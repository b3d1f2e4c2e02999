/** Room for some thousand unsent masks; below it the user is told. */
const LOW_BYTES = 50e6;
const CHECK_MS = 60_000;
/** Filling the reserve must not be in the way of what a page does first. */
const FIRST_CHECK_MS = 3_000;

/** What is known of the room that is left. Never changed in place. */
export interface RoomStatus {
  readonly isLow: boolean;
  /** Null where the browser does not tell. */
  readonly freeBytes: number | null;
}

/**
 * How much room the browser has left for changes that are not sent yet, looked at every minute, so that the user hears
 * of it before a change cannot be kept. What browsers tell may be wrong or missing: that the reserve cannot be filled,
 * or had to be given up, says the same.
 */
export class StorageRoom {
  private current: RoomStatus = { isLow: false, freeBytes: null };
  private isShort = false;
  private readonly listeners = new Set<() => void>();
  private timers: ReturnType<typeof setTimeout>[] = [];

  /** `fillReserve` -> false when there is no room for it. */
  constructor(
    private readonly fillReserve: () => Promise<boolean>,
    private readonly storage: Pick<StorageManager, "estimate"> | undefined = globalThis.navigator?.storage,
  ) {}

  start(): void {
    const check = (): void => void this.check();
    this.timers = [setTimeout(check, FIRST_CHECK_MS), setInterval(check, CHECK_MS)];
  }

  close(): void {
    // Both kinds of timers have ids of one kind.
    for (const timer of this.timers) clearTimeout(timer);
    this.timers = [];
  }

  status(): RoomStatus {
    return this.current;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** A change would not have had room without the reserve. */
  noteShortage(): void {
    this.isShort = true;
    this.publish(this.current.freeBytes);
  }

  async check(): Promise<void> {
    this.isShort = !(await this.fillReserve());
    // A browser that refuses to tell has told before when the journal could not be opened.
    const told = await this.storage?.estimate().catch(() => null);
    this.publish(told?.quota === undefined || told.usage === undefined ? null : Math.max(told.quota - told.usage, 0));
  }

  private publish(freeBytes: number | null): void {
    this.current = { isLow: this.isShort || (freeBytes !== null && freeBytes < LOW_BYTES), freeBytes };
    for (const listener of this.listeners) listener();
  }
}
