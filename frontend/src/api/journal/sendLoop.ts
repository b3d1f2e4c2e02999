import { backoffMs } from "./backoff";
import type { Exclusive } from "./locks";

/** What another tab has not sent after this time is sent by this one: the other may be gone. */
const TAKE_OVER_MS = 5_000;

/** Sends what waits, again and again until it is through: at once when asked to, else after growing pauses. */
export class SendLoop {
  /** Why nothing goes through at present; null while sending works. */
  obstacle: string | null = null;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private running: Promise<void> | null = null;
  private wanted = false;
  private closed = false;

  /** `pass` tries all that waits once. -> what stands in the way; null when nothing does. */
  constructor(
    private readonly pass: () => Promise<string | null>,
    private readonly exclusive: Exclusive,
    private readonly changed: () => void,
  ) {}

  get isClosed(): boolean {
    return this.closed;
  }

  /** Tries now, whatever the waiting time. Resolves when all that can be sent has been tried. */
  flush(): Promise<void> {
    this.wanted = true;
    this.clearTimer();
    this.running ??= this.runWhileWanted().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  /** Another tab has something to send. */
  takeOverLater(): void {
    if (!this.running && this.timer === null) this.tryAfter(TAKE_OVER_MS);
  }

  /** Ends retrying; what waits stays where it is. */
  close(): void {
    this.closed = true;
    this.clearTimer();
  }

  private async runWhileWanted(): Promise<void> {
    while (this.wanted && !this.closed) {
      this.wanted = false;
      // The lock is held for one pass only: a tab that sleeps in the background must not keep the others waiting.
      await this.exclusive(() => this.runOnce());
    }
    this.changed();
  }

  private async runOnce(): Promise<void> {
    this.obstacle = await this.pass();
    this.failures = this.obstacle === null ? 0 : this.failures + 1;
    if (this.obstacle !== null) this.tryAfter(backoffMs(this.failures));
  }

  private tryAfter(milliseconds: number): void {
    this.clearTimer();
    if (!this.closed) this.timer = setTimeout(() => void this.flush(), milliseconds);
  }

  private clearTimer(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }
}
