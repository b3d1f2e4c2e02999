import { type ColumnRuns, columnRunsOf, countsOfRuns } from "./columnRuns";
import { type EncodedMask, encodedFromCounts } from "./encodedMask";
import type { Rle } from "./rle";
import { RunWriter } from "./runWriter";

/** Which stretches hang together. */
export interface Components {
  /** For each stretch of the runs the number of its component, 0 .. count - 1, in the order of their first pixels. */
  readonly labels: Int32Array;
  readonly count: number;
  /** Pixels of each component. */
  readonly areas: Float64Array;
}

/** 8: pixels that touch at a corner hang together (as is usual for foreground); 4: they do not (for background). */
export type Connectivity = 4 | 8;

/** Union-find over the stretches of neighbouring columns: no pixel is looked at. */
export function findComponents(runs: ColumnRuns, connectivity: Connectivity): Components {
  const parents = Int32Array.from(runs.starts, (_, run) => run);
  forEachContact(runs, connectivity, (a, b) => {
    const [rootA, rootB] = [rootOf(parents, a), rootOf(parents, b)];
    // The earlier stretch is the root, so that labels come in the order of first pixels.
    parents[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
  });
  return labelRoots(runs, parents);
}

/** Calls back with each pair of stretches that touch, one in a column and one in the next. */
function forEachContact(runs: ColumnRuns, connectivity: Connectivity, visit: (a: number, b: number) => void): void {
  const { first, starts, ends, width } = runs;
  const slack = connectivity === 8 ? 1 : 0;
  for (let column = 1; column < width; column++) {
    const endA = first[column] ?? 0;
    const endB = first[column + 1] ?? 0;
    for (let a = first[column - 1] ?? 0, b = endA; a < endA && b < endB; ) {
      const [reachA, reachB] = [(ends[a] ?? 0) + slack, (ends[b] ?? 0) + slack];
      if ((starts[b] ?? 0) < reachA && (starts[a] ?? 0) < reachB) visit(a, b);
      if (reachA < reachB) a++;
      else b++;
    }
  }
}

function rootOf(parents: Int32Array, run: number): number {
  let root = run;
  for (let parent = parents[root] ?? root; parent !== root; parent = parents[root] ?? root) {
    // Path halving: the next search is shorter.
    parents[root] = parents[parent] ?? parent;
    root = parents[root] ?? root;
  }
  return root;
}

function labelRoots({ starts, ends }: ColumnRuns, parents: Int32Array): Components {
  const labels = new Int32Array(parents.length);
  const areas: number[] = [];
  for (let run = 0; run < parents.length; run++) {
    const root = rootOf(parents, run);
    const label = root === run ? areas.push(0) - 1 : (labels[root] ?? 0);
    labels[run] = label;
    areas[label] = (areas[label] ?? 0) + (ends[run] ?? 0) - (starts[run] ?? 0);
  }
  return { labels, count: areas.length, areas: Float64Array.from(areas) };
}

/** The parts of a mask that do not touch each other, not even at a corner; the largest first. */
export function maskParts(rle: Rle): EncodedMask[] {
  const runs = columnRunsOf(rle);
  const { labels, count } = findComponents(runs, 8);
  return splitRuns(runs, labels, count).sort((a, b) => b.area - a.area);
}

/** One mask for each label; stretches with a label below 0 are in none. */
export function splitRuns(runs: ColumnRuns, labels: Int32Array, count: number): EncodedMask[] {
  const { height, width, first, starts, ends } = runs;
  const writers = Array.from({ length: count }, () => new RunWriter());
  for (let column = 0; column < width; column++) {
    for (let run = first[column] ?? 0; run < (first[column + 1] ?? 0); run++) {
      writers[labels[run] ?? -1]?.add(column * height + (starts[run] ?? 0), column * height + (ends[run] ?? 0));
    }
  }
  return writers.map((writer) => encodedFromCounts(writer.finish(height * width), [height, width]));
}

/** The mask without the parts that have fewer than `minArea` pixels; it is empty where none has as many. */
export function removeSpecks(rle: Rle, minArea: number): EncodedMask {
  const runs = columnRunsOf(rle);
  const { labels, areas } = findComponents(runs, 8);
  return encodedFromCounts(
    countsOfRuns(runs, (run) => (areas[labels[run] ?? 0] ?? 0) >= minArea),
    rle.size,
  );
}
