import { type ImagePoint, imagePoint } from "../geometry";
import { cornerGradients, FEATURE_MARGIN, zeroCrossings } from "./edgeFeatures";
import { cropPixels, type RgbaPixels } from "./rgba";

/** Gradient directions are told apart in this many steps of a whole turn. */
export const DIRECTIONS = 64;
/** Strength of the strongest edges. */
export const FULL_STRENGTH = 255;
/** This share of all corners is weaker than a strong edge: one bright spot does not make all others weak. */
const WEAKER = 0.98;
/** Below this strength the grey values cross zero everywhere, from noise alone. */
const NOISE = 0.08 * FULL_STRENGTH;
/** Features are found in squares of this many corners, when somebody comes there. */
const TILE = 128;
/** How strong edges are is learnt from squares of `PATCH` corners, as many down as across. */
const [PATCHES, PATCH] = [8, 16];

/**
 * What the scissors follow: how strong an edge is, where it lies and how it runs, at the corners between pixels, for
 * that is where the outline of a mask runs. Corner (i, j) is `i + j * columns`, at image point (left + i, top + j).
 * Before values around a corner are read, `prepare` it: only what is visited is computed.
 */
export class EdgeMap {
  readonly columns: number;
  readonly rows: number;
  /** Length of the gradient, 0 to FULL_STRENGTH. */
  readonly strength: Uint8Array;
  /** 1 where the second derivative changes its sign: the middle of an edge. */
  readonly isCrossing: Uint8Array;
  /** Where the gradient points, 0 to DIRECTIONS - 1: multiples of a whole turn / DIRECTIONS, clockwise from +x. */
  readonly direction: Uint8Array;
  private readonly tileColumns: number;
  private readonly isReady: Uint8Array;
  /** Length of the gradient at a strong edge. */
  private readonly strong: number;

  /** `rgba` shows the part of the image whose top left corner is at (left, top). */
  constructor(
    private readonly rgba: RgbaPixels,
    readonly left = 0,
    readonly top = 0,
  ) {
    this.columns = rgba.width + 1;
    this.rows = rgba.height + 1;
    const corners = this.columns * this.rows;
    this.strength = new Uint8Array(corners);
    this.isCrossing = new Uint8Array(corners);
    this.direction = new Uint8Array(corners);
    this.tileColumns = Math.ceil(this.columns / TILE);
    this.isReady = new Uint8Array(this.tileColumns * Math.ceil(this.rows / TILE));
    this.strong = this.learnStrength();
  }

  contains({ x, y }: ImagePoint): boolean {
    return x >= this.left && y >= this.top && x <= this.left + this.columns - 1 && y <= this.top + this.rows - 1;
  }

  /** The corner nearest to an image point. */
  cornerAt(point: ImagePoint): number {
    const [column, row] = this.columnAndRowAt(point);
    return row * this.columns + column;
  }

  /** Where the corner nearest to an image point lies in the map. */
  columnAndRowAt({ x, y }: ImagePoint): readonly [column: number, row: number] {
    const column = Math.min(Math.max(Math.round(x - this.left), 0), this.columns - 1);
    return [column, Math.min(Math.max(Math.round(y - this.top), 0), this.rows - 1)];
  }

  pointAt(corner: number): ImagePoint {
    return imagePoint(this.left + (corner % this.columns), this.top + Math.floor(corner / this.columns));
  }

  /** The strongest edge no farther than `radius` pixels away, for a click beside an edge. */
  strongestNear(point: ImagePoint, radius: number): ImagePoint {
    let best = this.cornerAt(point);
    for (let y = Math.ceil(point.y - radius); y <= point.y + radius; y++) {
      for (let x = Math.ceil(point.x - radius); x <= point.x + radius; x++) {
        const near = imagePoint(x, y);
        if (Math.hypot(x - point.x, y - point.y) > radius || !this.contains(near)) continue;
        const corner = this.cornerAt(near);
        this.prepare(corner);
        if ((this.strength[corner] ?? 0) > (this.strength[best] ?? 0)) best = corner;
      }
    }
    return this.pointAt(best);
  }

  /** Finds the features of this corner and of its eight neighbours, unless they are there. */
  prepare(corner: number): void {
    const [column, row] = [corner % this.columns, Math.floor(corner / this.columns)];
    const tile = Math.floor(row / TILE) * this.tileColumns + Math.floor(column / TILE);
    if (this.isReady[tile]) return;
    this.isReady[tile] = 1;
    this.findFeatures(Math.floor(column / TILE) * TILE, Math.floor(row / TILE) * TILE);
  }

  /** Of one tile, and one corner more on each side. */
  private findFeatures(firstColumn: number, firstRow: number): void {
    const [left, top] = [Math.max(firstColumn - 1, 0), Math.max(firstRow - 1, 0)];
    const right = Math.min(firstColumn + TILE + 1, this.columns);
    const bottom = Math.min(firstRow + TILE + 1, this.rows);
    const part = cropPixels(
      this.rgba,
      left - FEATURE_MARGIN,
      top - FEATURE_MARGIN,
      right + FEATURE_MARGIN,
      bottom + FEATURE_MARGIN,
    );
    const { length, angle } = cornerGradients(part.rgba);
    const crossings = zeroCrossings(part.rgba);
    for (let row = top; row < bottom; row++) {
      for (let column = left; column < right; column++) {
        const from = (row - part.top) * (part.rgba.width + 1) + column - part.left;
        const to = row * this.columns + column;
        const strength = Math.min(((length[from] ?? 0) / this.strong) * FULL_STRENGTH, FULL_STRENGTH);
        this.strength[to] = Math.round(strength);
        this.direction[to] = Math.round(((angle[from] ?? 0) / (2 * Math.PI) + 1) * DIRECTIONS) % DIRECTIONS;
        this.isCrossing[to] = strength > NOISE ? (crossings[from] ?? 0) : 0;
      }
    }
  }

  private learnStrength(): number {
    const { height, width } = this.rgba;
    const lengths: number[] = [];
    for (let patch = 0; patch < PATCHES * PATCHES; patch++) {
      const left = Math.floor(((patch % PATCHES) * width) / PATCHES);
      const top = Math.floor((Math.floor(patch / PATCHES) * height) / PATCHES);
      lengths.push(...cornerGradients(cropPixels(this.rgba, left, top, left + PATCH, top + PATCH).rgba).length);
    }
    const sorted = Float32Array.from(lengths).sort();
    return sorted[Math.floor(sorted.length * WEAKER)] || (sorted.at(-1) ?? 0) || 1;
  }
}
