import type { JournalStore } from "./database";

/** What shall be there again after a tab was killed. It must survive structured cloning. */
export interface Memory {
  readonly head: unknown;
  /** Never changed in place: one that is the same object is written once. */
  readonly steps: readonly object[];
}

/** How each image was left: a small head, and the steps that led there, of which only new ones are written. */
export class MemoryKeeper {
  private readonly ids = new WeakMap<object, string>();
  private readonly pending = new Map<number, Memory>();
  private writing: Promise<void> | null = null;

  /** `mayWrite`: whether the browser has room for what is convenient. */
  constructor(
    private readonly store: JournalStore,
    private readonly mayWrite: () => boolean = () => true,
  ) {}

  /** Only the newest of quick ones is written. */
  save(imageId: number, memory: Memory): void {
    if (!this.mayWrite()) return;
    this.pending.set(imageId, memory);
    this.writing ??= this.writeAll().finally(() => {
      this.writing = null;
    });
  }

  async load(imageId: number): Promise<Memory | null> {
    const pending = this.pending.get(imageId);
    if (pending) return pending;
    const stored = await this.store.loadMemory(imageId);
    if (!stored) return null;
    const steps = new Map(stored.steps.map(({ id, step }) => [id, step]));
    const ordered = stored.memory.order.map((id) => {
      const step = steps.get(id);
      if (step) this.ids.set(step, id);
      return step;
    });
    // A step that is missing makes those before it meaningless.
    const intact = ordered.every((step) => step !== undefined);
    return { head: stored.memory.head, steps: intact ? ordered.filter((step) => step !== undefined) : [] };
  }

  private async writeAll(): Promise<void> {
    // Written in a later task: a step that a click has made must not make the click slower.
    await new Promise((resolve) => setTimeout(resolve));
    for (const [imageId, { head, steps }] of this.pending) {
      this.pending.delete(imageId);
      const added = steps.filter((step) => !this.ids.has(step));
      const named = added.map((step) => ({ imageId, id: newId(), step }));
      const idOf = new Map(named.map(({ id, step }) => [step, id]));
      const order = steps.map((step) => this.ids.get(step) ?? idOf.get(step) ?? "");
      try {
        await this.store.saveMemory({ imageId, head, order, savedAt: Date.now() }, named);
        for (const { id, step } of named) this.ids.set(step, id);
      } catch {
        // A memory is a convenience: losing it must not disturb the work. The journal tells when storage is broken.
      }
    }
  }
}

/** `crypto.randomUUID` is missing where a page is served over plain http. */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (number) => number.toString(36)).join("-");
}
