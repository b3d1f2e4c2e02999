import type { PreparedImage } from "./decoder";

const MAX_BYTES = 256 * 1024 * 1024;

/**
 * Prepared images by content key, the least recently used ones given back when they grow too large together. The
 * latest one always stays. An image that is asked for twice is prepared once.
 */
export class EmbeddingCache {
  private readonly entries = new Map<string, Promise<PreparedImage>>();
  private readonly prepared = new Map<string, PreparedImage>();

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
        this.prepared.set(key, image);
        this.dropOldest(key);
      },
      () => this.entries.delete(key),
    );
    return entry;
  }

  private dropOldest(newest: string): void {
    let total = [...this.prepared.values()].reduce((sum, { bytes }) => sum + bytes, 0);
    for (const key of [...this.entries.keys()]) {
      if (total <= this.maxBytes) return;
      const image = this.prepared.get(key);
      if (!image || key === newest) continue;
      this.entries.delete(key);
      this.prepared.delete(key);
      image.dispose();
      total -= image.bytes;
    }
  }
}
