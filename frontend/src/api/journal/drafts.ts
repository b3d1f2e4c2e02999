import type { JournalStore } from "./database";

/** The prompt of each image that was begun and not accepted, so that a reload in the middle loses nothing. */
export class DraftKeeper {
  /** The newest draft of each image that is not written yet; `null` removes. */
  private readonly pending = new Map<number, unknown>();
  private writing: Promise<void> | null = null;

  /** `whenWritten` resolves when every change that was recorded before is on the disk. */
  constructor(
    private readonly store: JournalStore,
    private readonly whenWritten: () => Promise<unknown>,
  ) {}

  /** Keeps `draft`, which must survive structured cloning; null forgets it. Only the newest of quick ones is written. */
  save(imageId: number, draft: unknown): void {
    this.pending.set(imageId, draft);
    this.writing ??= this.writeAll().finally(() => {
      this.writing = null;
    });
  }

  async load(imageId: number): Promise<unknown> {
    if (this.pending.has(imageId)) return this.pending.get(imageId) ?? null;
    return (await this.store.loadDraft(imageId))?.draft ?? null;
  }

  private async writeAll(): Promise<void> {
    for (const [imageId, draft] of this.pending) {
      this.pending.delete(imageId);
      try {
        if (draft === null) await this.remove(imageId);
        else await this.store.saveDraft({ imageId, draft, savedAt: Date.now() });
      } catch {
        // A draft is a convenience: losing it must not disturb the work. The journal tells when storage is broken.
      }
    }
  }

  /** A prompt ends when its mask is accepted: it is forgotten only after that mask is on the disk. */
  private async remove(imageId: number): Promise<void> {
    // The acceptance that ended the prompt is recorded in this very task.
    await new Promise((resolve) => setTimeout(resolve));
    await this.whenWritten();
    if (!this.pending.has(imageId)) await this.store.removeDraft(imageId);
  }
}
