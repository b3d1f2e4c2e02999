import type { Annotation } from "../../document";
import { type ImageBox, type SizeHw, type TileId, tileBox, tileKey } from "../../geometry";
import type { Scene } from "../scene";
import { toBitmap } from "../surface";
import { changedMasks, MANY_SELECTED, paintedMasks } from "./paintedMasks";
import { type PaintedMask, TilePainting } from "./paintTile";

interface MaskTile {
  readonly id: TileId;
  /** What is shown: the last complete painting; null before the first. */
  shown: OffscreenCanvas | "empty" | null;
  /** A mask of it has changed since. */
  isStale: boolean;
  painting: TilePainting | null;
}

/** 1 MB each. Enough for the largest screens at two levels. */
const MAX_TILES = 160;

/** The masks of one image as tiles at every zoom: painted when they are first seen, and where masks change. */
export class MaskTiles {
  /** Least recently used first. */
  private readonly tiles = new Map<string, MaskTile>();
  private masks: ReadonlyMap<string, PaintedMask> = new Map();
  private imageHw: SizeHw = [0, 0];
  private seen: readonly unknown[] = [];

  /** Takes over what the scene shows. What differs is painted anew when it is asked for. */
  update(scene: Scene): void {
    const { annotations, display, colorOfCategory, selectedIds } = scene;
    const looked = display.isIsolating || selectedIds.size > MANY_SELECTED ? selectedIds : null;
    const seen = [...scene.imageHw, annotations, display, colorOfCategory, looked];
    if (seen.every((part, index) => part === this.seen[index])) return;
    this.seen = seen;
    this.takeImage(scene.imageHw);
    const masks = paintedMasks(scene, this.masks);
    const changed = changedMasks(this.masks, masks);
    this.masks = masks;
    for (const tile of this.tiles.values()) {
      if (!changed || changed.some((mask) => touches(mask, tileBox(tile.id, this.imageHw)))) makeStale(tile);
    }
  }

  /** The tile as far as it is there; it may be about to change. */
  find(id: TileId): OffscreenCanvas | "empty" | null {
    return this.tiles.get(tileKey(id))?.shown ?? null;
  }

  /** Paints these, the first ones first, until the time is up. True when all are as they should be. */
  paint(ids: readonly TileId[], deadline: number): boolean {
    const tiles = ids.map((id) => this.use(id));
    this.forgetOldest(tiles.length);
    // One that has to change comes before one that is not there yet: it shows something that is not true any more.
    const waiting = tiles.filter(({ isStale }) => isStale).sort((a, b) => rank(a) - rank(b));
    for (const tile of waiting) if (!this.paintTile(tile, deadline)) return false;
    return true;
  }

  private paintTile(tile: MaskTile, deadline: number): boolean {
    tile.painting ??= new TilePainting(tile.id, this.imageHw, this.masksIn(tileBox(tile.id, this.imageHw)));
    if (!tile.painting.continueUntil(deadline)) return false;
    tile.shown = tile.painting.isEmpty ? "empty" : toBitmap(tile.painting.pixels, tile.painting.sizeHw);
    tile.painting = null;
    tile.isStale = false;
    return performance.now() <= deadline;
  }

  private masksIn(box: ImageBox): PaintedMask[] {
    return [...this.masks.values()].filter(({ annotation }) => touches(annotation, box));
  }

  private use(id: TileId): MaskTile {
    const key = tileKey(id);
    const tile = this.tiles.get(key) ?? { id, shown: null, isStale: true, painting: null };
    this.tiles.delete(key);
    this.tiles.set(key, tile);
    return tile;
  }

  private forgetOldest(inUse: number): void {
    for (const key of this.tiles.keys()) {
      if (this.tiles.size <= Math.max(MAX_TILES, 2 * inUse)) return;
      this.tiles.delete(key);
    }
  }

  private takeImage(imageHw: SizeHw): void {
    const isSame = imageHw[0] === this.imageHw[0] && imageHw[1] === this.imageHw[1];
    if (!isSame) this.tiles.clear();
    this.imageHw = imageHw;
  }
}

function makeStale(tile: MaskTile): void {
  tile.isStale = true;
  tile.painting = null;
}

function rank({ shown }: MaskTile): number {
  return shown ? 0 : 1;
}

function touches({ bboxXywh: [x, y, width, height] }: Annotation, { x0, y0, x1, y1 }: ImageBox): boolean {
  return x < x1 && y < y1 && x + width > x0 && y + height > y0;
}
