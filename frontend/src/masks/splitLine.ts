import type { ImagePoint } from "../geometry";
import { ColumnRuns, countsOfRuns } from "./columnRuns";
import { combineCounts } from "./combine";
import { findComponents, splitRuns } from "./components";
import { type EncodedMask, encodedFromCounts } from "./encodedMask";
import type { Rle } from "./rle";
import { countsOf } from "./rleDecoder";
import { RunWriter } from "./runWriter";
import { countsOfStroke } from "./stroke";

/** Half a pixel's diagonal and a hair: all pixels that the line touches, so that nothing slips through at a corner. */
const CUT_RADIUS = Math.SQRT1_2 + 1e-3;
/** Shreds that a line shears off a ragged outline are no pieces: fewer pixels than this, and a small part of the mask. */
const SHRED_AREA = 12;
const SHRED_PART = 0.1;

/**
 * The pieces into which a line cuts a mask, the largest first; together they are the mask. Parts that the line does
 * not touch go with the largest piece. One piece, the mask itself, where the line cuts nothing through.
 */
export function splitByLine(rle: Rle, line: readonly ImagePoint[]): EncodedMask[] {
  const whole = countsOf(rle);
  const cut = countsOfStroke(
    line.map(({ x, y }) => ({ x, y, radius: CUT_RADIUS })),
    rle.size,
  );
  const runs = new ColumnRuns(...rle.size, combineCounts(whole, cut, "subtract"));
  const { labels, count } = findPieces(runs, pixelsOf(combineCounts(whole, cut, "intersect"), rle.size));
  if (count < 2) return [encodedFromCounts(whole, rle.size)];
  const kept = countsOfRuns(runs, (run) => (labels[run] ?? -1) >= 0);
  const given = giveBack(runs, labels, pixelsOf(combineCounts(whole, kept, "subtract"), rle.size));
  return splitRuns(runs, labels, count)
    .map((piece, label) => addPixels(piece, given.get(label) ?? []))
    .sort((a, b) => b.area - a.area);
}

/** For each stretch the number of its piece, 0 for the largest and for all that the line does not touch, -1 for shreds. */
function findPieces(runs: ColumnRuns, severed: readonly Pixel[]): { labels: Int32Array; count: number } {
  const { labels, areas } = findComponents(runs, 8);
  const areaOf = (component: number): number => areas[component] ?? 0;
  const touched = new Set<number>();
  for (const pixel of severed) {
    for (const [column, row] of neighbours(pixel)) {
      const run = runs.at(column, row);
      if (run >= 0) touched.add(labels[run] ?? 0);
    }
  }
  const smallest = Math.min(SHRED_AREA, areas.reduce((sum, area) => sum + area, 0) * SHRED_PART);
  const pieces = [...touched].filter((component) => areaOf(component) >= smallest);
  pieces.sort((a, b) => areaOf(b) - areaOf(a));
  const pieceOf = Int32Array.from(areas, (_, component) => (touched.has(component) ? pieces.indexOf(component) : 0));
  return { labels: labels.map((component) => pieceOf[component] ?? 0), count: pieces.length };
}

/** Pixels of the line (and shreds) to the piece that is nearest, breadth first from all pieces at once. */
function giveBack(runs: ColumnRuns, labels: Int32Array, pixels: readonly Pixel[]): Map<number, Pixel[]> {
  const given = new Map<number, Pixel[]>();
  const owners = new Map<string, number>();
  const ownerAt = (pixel: Pixel): number => owners.get(pixel.join()) ?? labels[runs.at(...pixel)] ?? -1;
  for (let free = pixels; free.length > 0; ) {
    const found = free.map((pixel) => [pixel, Math.max(...neighbours(pixel).map(ownerAt))] as const);
    const isStuck = found.every(([, piece]) => piece < 0);
    for (const [pixel, piece] of found) {
      // What hangs together with no piece, because the line covers all of it, goes to the largest.
      const owner = isStuck ? 0 : piece;
      if (owner < 0) continue;
      owners.set(pixel.join(), owner);
      given.set(owner, given.get(owner) ?? []);
      given.get(owner)?.push(pixel);
    }
    free = free.filter((pixel) => !owners.has(pixel.join()));
  }
  return given;
}

type Pixel = readonly [column: number, row: number];

const neighbours = ([column, row]: Pixel): Pixel[] => [
  [column - 1, row],
  [column + 1, row],
  [column, row - 1],
  [column, row + 1],
];

function pixelsOf(counts: readonly number[], [height, width]: Rle["size"]): Pixel[] {
  const { first, starts, ends } = new ColumnRuns(height, width, counts);
  const pixels: Pixel[] = [];
  for (let column = 0; column < width; column++) {
    for (let run = first[column] ?? 0; run < (first[column + 1] ?? 0); run++) {
      for (let row = starts[run] ?? 0; row < (ends[run] ?? 0); row++) pixels.push([column, row]);
    }
  }
  return pixels;
}

function addPixels(piece: EncodedMask, pixels: readonly Pixel[]): EncodedMask {
  const { size } = piece.rle;
  const writer = new RunWriter();
  const numbers = Float64Array.from(pixels, ([column, row]) => column * size[0] + row).sort();
  for (const number of numbers) writer.add(number, number + 1);
  const added = writer.finish(size[0] * size[1]);
  return encodedFromCounts(combineCounts(countsOf(piece.rle), added, "union"), size);
}
