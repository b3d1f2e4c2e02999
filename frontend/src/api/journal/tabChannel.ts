/** What the tabs of one person tell each other. Says nothing where the browser has no such channel, nor once closed. */
export class TabChannel<M> {
  private channel: BroadcastChannel | null;

  constructor(name: string) {
    this.channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(name);
  }

  /** Calls back with what the other tabs tell. */
  onMessage(listener: (message: M) => void): void {
    this.channel?.addEventListener("message", (event: MessageEvent<M>) => listener(event.data));
  }

  tell(message: M): void {
    this.channel?.postMessage(message);
  }

  close(): void {
    this.channel?.close();
    // Work that was under way still tells how it ended, and a closed channel would throw.
    this.channel = null;
  }
}
