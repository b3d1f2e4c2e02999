/**
 * Run lengths from stretches of foreground that come in ascending order (column-major pixel numbers). Stretches that
 * touch or overlap become one run, so that the result is what an encoder writes: no run is empty but the first.
 */
export class RunWriter {
  private readonly counts: number[] = [];
  /** The open run of foreground, from `start` up to `end`; empty before the first stretch. */
  private start = 0;
  private end = 0;
  private written = 0;

  /** Foreground from pixel `start` up to, not including, `end`. */
  add(start: number, end: number): void {
    if (end <= start) return;
    if (start <= this.end && this.start < this.end) {
      this.end = Math.max(this.end, end);
      return;
    }
    this.close();
    this.start = start;
    this.end = end;
  }

  /** `pixels` is how many the image has. */
  finish(pixels: number): number[] {
    this.close();
    if (this.written < pixels || this.counts.length === 0) this.counts.push(pixels - this.written);
    return this.counts;
  }

  private close(): void {
    if (this.start >= this.end) return;
    this.counts.push(this.start - this.written, this.end - this.start);
    this.written = this.end;
  }
}
