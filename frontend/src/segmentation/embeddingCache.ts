import type { PreparedImage } from "./decoder";

const MAX_BYTES = 256 * 1024 * 1024;

/**
 * Prepared images by content key, the least recently used ones dropped when they grow too large together. The
 * latest one always stays. An image that is asked for twice is prepared once.
 */
export class EmbeddingCache {
  private readonly entries = new Map<string, Promise<PreparedImage>>();
  private readonly bytes = new Map<string, number>();

  constructor(private readonly maxBytes = MAX_BYTES) {}

  /** The prepared image; `prepare` runs only if it is not there. What fails is not kept, so that it can be tried again. */
  get(key: string, prepare: () => Promise<PreparedImage>): Promise<PreparedImage> {
    const entry = this.entries.get(key) ?? this.prepare(key, prepare);
    this.entries.delete(key);
    this.entries.set(key, entry);
    return entry;
  }

  /** Null when the image was never asked for, or was dropped. Counts as a use. */
  find(key: string): Promise<PreparedImage> | null {
    const entry = this.entries.get(key);
    return entry ? this.get(key, () => entry) : null;
  }

  private prepare(key: string, prepare: () => Promise<PreparedImage>): Promise<PreparedImage> {
    const entry = prepare();
    entry.then(
      (image) => {
        this.bytes.set(key, image.bytes);
        this.dropOldest(key);
      },
      () => this.entries.delete(key),
    );
    return entry;
  }

  private dropOldest(newest: string): void {
    let total = [...this.bytes.values()].reduce((sum, size) => sum + size, 0);
    for (const key of [...this.entries.keys()]) {
      if (total <= this.maxBytes) return;
      const size = this.bytes.get(key);
      if (size === undefined || key === newest) continue;
      this.entries.delete(key);
      this.bytes.delete(key);
      total -= size;
    }
  }
}
