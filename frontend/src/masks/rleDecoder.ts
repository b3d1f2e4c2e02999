import { type BinaryMask, emptyMask } from "./binaryMask";
import { decodeCounts, InvalidRle } from "./counts";
import { type BboxXywh, forEachForegroundRun, type Rle } from "./rle";

/** Run lengths of an RLE, checked to fill its size. Throws InvalidRle. */
export function countsOf(rle: Rle): number[] {
  const [height, width] = rle.size;
  const counts = decodeCounts(rle.counts);
  const total = counts.reduce((sum, run) => sum + run, 0);
  if (counts.length > height * width + 1) throw new InvalidRle("The RLE has more runs than pixels.");
  if (total !== height * width) {
    throw new InvalidRle(`The RLE has ${total} pixels but its size ${height} x ${width} has ${height * width}.`);
  }
  return counts;
}

export function decodeRle(rle: Rle): BinaryMask {
  const [height, width] = rle.size;
  return decodeRegion(countsOf(rle), height, [0, 0, width, height], 1);
}

/**
 * The mask inside `region`, every `step`-th pixel of it (the middle one of each step x step block).
 * `region` lies inside the image. Shape: ceil(region height / step) x ceil(region width / step).
 */
export function decodeRegion(
  counts: readonly number[],
  imageHeight: number,
  region: BboxXywh,
  step: number,
): BinaryMask {
  const [left, top, regionWidth, regionHeight] = region;
  const mask = emptyMask(Math.ceil(regionHeight / step), Math.ceil(regionWidth / step));
  const middle = Math.floor((step - 1) / 2);
  /** The first sampled line at or after `line`, counted inside the region. */
  const sampled = (line: number, start: number, limit: number): number =>
    Math.min(Math.max(Math.ceil((line - start - middle) / step), 0), limit);

  forEachForegroundRun(counts, (start, length) => {
    const end = start + length;
    const firstColumn = sampled(Math.floor(start / imageHeight), left, mask.width);
    const endColumn = sampled(Math.floor((end - 1) / imageHeight) + 1, left, mask.width);
    for (let column = firstColumn; column < endColumn; column++) {
      const columnStart = (left + column * step + middle) * imageHeight;
      const firstRow = sampled(Math.max(start - columnStart, 0), top, mask.height);
      const endRow = sampled(Math.min(end - columnStart, imageHeight), top, mask.height);
      if (firstRow < endRow) toggleColumn(mask, column, firstRow, endRow);
    }
  });
  spreadDown(mask);
  return mask;
}

/** Marks where a run starts and where it ends; `spreadDown` fills in between. Writing whole columns is slow. */
function toggleColumn(mask: BinaryMask, column: number, firstRow: number, endRow: number): void {
  const { data, width, height } = mask;
  data[firstRow * width + column] = (data[firstRow * width + column] ?? 0) ^ 1;
  if (endRow < height) data[endRow * width + column] = (data[endRow * width + column] ?? 0) ^ 1;
}

/** Four pixels at a time; where rows do not start at whole words, by way of a row that does. */
function spreadDown({ data, width, height }: BinaryMask): void {
  if (width % 4 === 0) {
    const words = new Int32Array(data.buffer, data.byteOffset, data.length / 4);
    const rowLength = width / 4;
    for (let at = rowLength; at < words.length; at++) words[at] = (words[at] ?? 0) ^ (words[at - rowLength] ?? 0);
    return;
  }
  const [spread, marks] = [new Int32Array(Math.ceil(width / 4)), new Int32Array(Math.ceil(width / 4))];
  const [spreadBytes, marksBytes] = [new Uint8Array(spread.buffer, 0, width), new Uint8Array(marks.buffer)];
  for (let row = 0; row < height; row++) {
    const pixels = data.subarray(row * width, (row + 1) * width);
    marksBytes.set(pixels);
    for (let word = 0; word < spread.length; word++) spread[word] = (spread[word] ?? 0) ^ (marks[word] ?? 0);
    pixels.set(spreadBytes);
  }
}
