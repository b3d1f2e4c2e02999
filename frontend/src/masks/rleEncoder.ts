import type { BinaryMask } from "./binaryMask";
import { type EncodedMask, encodedFromCounts } from "./encodedMask";

/**
 * Column-major run lengths from rows that arrive top to bottom, so that no image-sized array is needed. It notes where
 * a row differs from the one above (eight pixels at a time; masks have few edges) and sorts these places by column.
 */
export class RleEncoder {
  private readonly first: Uint8Array;
  private above: PixelRow;
  private current: PixelRow;
  private edges = new EdgeList();
  private row = 0;

  constructor(
    private readonly height: number,
    private readonly width: number,
  ) {
    this.above = new PixelRow(width);
    this.current = new PixelRow(width);
    this.first = new Uint8Array(width);
  }

  /** `row` has `width` bytes, 0 or 1; it is copied. */
  push(row: Uint8Array): void {
    const { above, current } = this;
    current.pixels.set(row);
    if (this.row === 0) this.first.set(row);
    else this.noteEdges(above, current);
    this.above = current;
    this.current = above;
    this.row++;
  }

  finish(): EncodedMask {
    return encodedFromCounts(this.finishCounts(), [this.height, this.width]);
  }

  /** The run lengths alone. */
  finishCounts(): number[] {
    if (this.row !== this.height) throw new RangeError(`${this.row} rows were given, ${this.height} are needed.`);
    return this.countRuns();
  }

  /** Eight pixels are looked into only where they differ. */
  private noteEdges(above: PixelRow, current: PixelRow): void {
    for (let word = 0; word < current.words.length; word++) {
      if (above.words[word] === current.words[word]) continue;
      for (let column = 8 * word; column < 8 * word + 8; column++) {
        if (above.pixels[column] !== current.pixels[column]) this.edges.add(this.row, column);
      }
    }
  }

  private countRuns(): number[] {
    const { rows, startOfColumn } = this.edges.byColumn(this.width);
    const last = this.above.pixels;
    const counts: number[] = [];
    let position = 0;
    const cutAt = (edge: number): void => {
      counts.push(edge - position);
      position = edge;
    };
    for (let column = 0; column < this.width; column++) {
      const before = column === 0 ? 0 : last[column - 1];
      if (this.first[column] !== before) cutAt(column * this.height);
      const end = startOfColumn[column + 1] ?? 0;
      for (let edge = startOfColumn[column] ?? 0; edge < end; edge++) cutAt(column * this.height + (rows[edge] ?? 0));
    }
    cutAt(this.height * this.width);
    return counts;
  }
}

/** A row as bytes of 0 or 1, and as numbers of eight bytes: equal ones are equal pixels, since no such number is NaN or -0. */
class PixelRow {
  readonly words: Float64Array;
  readonly pixels: Uint8Array;

  constructor(width: number) {
    this.words = new Float64Array(Math.ceil(width / 8));
    this.pixels = new Uint8Array(this.words.buffer);
  }
}

export function encodeMask(mask: BinaryMask): EncodedMask {
  return encodedFromCounts(countsOfMask(mask), [mask.height, mask.width]);
}

export function countsOfMask(mask: BinaryMask): number[] {
  const encoder = new RleEncoder(mask.height, mask.width);
  for (let row = 0; row < mask.height; row++) {
    encoder.push(mask.data.subarray(row * mask.width, (row + 1) * mask.width));
  }
  return encoder.finishCounts();
}

/** Places where a pixel differs from the one above it, noted row by row. */
class EdgeList {
  private rows = new Uint32Array(1024);
  private columns = new Uint32Array(1024);
  private count = 0;

  add(row: number, column: number): void {
    if (this.count === this.rows.length) this.grow();
    this.rows[this.count] = row;
    this.columns[this.count] = column;
    this.count++;
  }

  /** Counting sort: the rows of column c, ascending, are rows[startOfColumn[c]] .. rows[startOfColumn[c + 1] - 1]. */
  byColumn(width: number): { rows: Uint32Array; startOfColumn: Uint32Array } {
    const startOfColumn = new Uint32Array(width + 1);
    const columns = this.columns.subarray(0, this.count);
    for (const column of columns) startOfColumn[column + 1] = (startOfColumn[column + 1] ?? 0) + 1;
    for (let column = 0; column < width; column++) {
      startOfColumn[column + 1] = (startOfColumn[column + 1] ?? 0) + (startOfColumn[column] ?? 0);
    }
    const next = startOfColumn.slice();
    const rows = new Uint32Array(this.count);
    for (let edge = 0; edge < this.count; edge++) {
      const column = columns[edge] ?? 0;
      const slot = next[column] ?? 0;
      rows[slot] = this.rows[edge] ?? 0;
      next[column] = slot + 1;
    }
    return { rows, startOfColumn };
  }

  private grow(): void {
    const double = (old: Uint32Array): Uint32Array<ArrayBuffer> => {
      const grown = new Uint32Array(old.length * 2);
      grown.set(old);
      return grown;
    };
    this.rows = double(this.rows);
    this.columns = double(this.columns);
  }
}
