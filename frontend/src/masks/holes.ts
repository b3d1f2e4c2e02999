import type { ImagePoint } from "../geometry";
import { ColumnRuns, countsOfRuns } from "./columnRuns";
import { combineCounts } from "./combine";
import { type Components, findComponents } from "./components";
import { type EncodedMask, encodedFromCounts } from "./encodedMask";
import { complementCounts } from "./morphology";
import type { Rle } from "./rle";
import { countsOf } from "./rleDecoder";

/** The mask with every hole of at most `maxArea` pixels filled. A gap at the image's edge is no hole. */
export function fillHoles(rle: Rle, maxArea = Number.POSITIVE_INFINITY): EncodedMask {
  const background = new Background(rle);
  return background.fill((hole) => background.areaOf(hole) <= maxArea);
}

/** The mask with the hole under a point filled; null where there is none: on foreground, or out at the image's edge. */
export function fillHoleAt(rle: Rle, point: ImagePoint): EncodedMask | null {
  const background = new Background(rle);
  const clicked = background.holeAt(Math.floor(point.x), Math.floor(point.y));
  return clicked < 0 ? null : background.fill((hole) => hole === clicked);
}

/** The regions of a mask's background; pixels that touch only at a corner are apart. */
class Background {
  private readonly counts: readonly number[];
  private readonly runs: ColumnRuns;
  private readonly components: Components;
  /** Whether a region reaches the image's edge. */
  private readonly isOpen: Uint8Array;

  constructor(private readonly rle: Rle) {
    this.counts = countsOf(rle);
    this.runs = new ColumnRuns(rle.size[0], rle.size[1], complementCounts(this.counts));
    this.components = findComponents(this.runs, 4);
    this.isOpen = this.findOpen();
  }

  areaOf(hole: number): number {
    return this.components.areas[hole] ?? 0;
  }

  /** The number of the hole at a pixel, -1 where there is none. */
  holeAt(column: number, row: number): number {
    const run = this.runs.at(column, row);
    const region = this.components.labels[run] ?? -1;
    return this.isOpen[region] ? -1 : region;
  }

  fill(isWanted: (hole: number) => boolean): EncodedMask {
    const filled = countsOfRuns(this.runs, (run) => {
      const region = this.components.labels[run] ?? 0;
      return !this.isOpen[region] && isWanted(region);
    });
    return encodedFromCounts(combineCounts(this.counts, filled, "union"), this.rle.size);
  }

  private findOpen(): Uint8Array {
    const { first, starts, ends, height, width } = this.runs;
    const isOpen = new Uint8Array(this.components.count);
    for (let column = 0; column < width; column++) {
      const isSide = column === 0 || column === width - 1;
      for (let run = first[column] ?? 0; run < (first[column + 1] ?? 0); run++) {
        if (isSide || starts[run] === 0 || ends[run] === height) isOpen[this.components.labels[run] ?? 0] = 1;
      }
    }
    return isOpen;
  }
}
