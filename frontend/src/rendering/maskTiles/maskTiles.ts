import type { Annotation } from "../../document";
import { boxAround, type ImageBox, type SizeHw, type TileId, tileBox, tileKey } from "../../geometry";
import type { Scene } from "../scene";
import { putPixels, toBitmap } from "../surface";
import { changedMasks, MANY_SELECTED, paintedMasks } from "./paintedMasks";
import { type PaintedMask, partOfTile, TilePainting } from "./paintTile";

interface MaskTile {
  readonly id: TileId;
  /** What is shown: the last complete painting; null before the first. */
  shown: OffscreenCanvas | "empty" | null;
  /** The part of the image in which masks have changed since; null: nowhere. */
  stale: ImageBox | null;
  painting: { readonly part: ImageBox; readonly of: TilePainting } | null;
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
      const whole = tileBox(tile.id, this.imageHw);
      if (!changed) addStale(tile, whole);
      else for (const mask of changed) if (touches(mask, whole)) addStale(tile, boxOf(mask));
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
    const waiting = tiles.filter(({ stale }) => stale).sort((a, b) => rank(a) - rank(b));
    for (const tile of waiting) if (!this.paintTile(tile, deadline)) return false;
    return true;
  }

  private paintTile(tile: MaskTile, deadline: number): boolean {
    tile.painting ??= this.begin(tile);
    const { of, part } = tile.painting;
    if (!of.continueUntil(deadline)) return false;
    this.showPainted(tile, of, part);
    tile.painting = null;
    tile.stale = null;
    return performance.now() <= deadline;
  }

  /** A tile that is there is painted anew only where it has changed. */
  private begin({ id, shown, stale }: MaskTile): NonNullable<MaskTile["painting"]> {
    const whole = tileBox(id, this.imageHw);
    const part = stale && isPicture(shown) ? partOfTile(id, stale, this.imageHw) : whole;
    return { part, of: new TilePainting(id, part, this.imageHw, this.masksIn(part)) };
  }

  private showPainted(tile: MaskTile, painted: TilePainting, part: ImageBox): void {
    const whole = tileBox(tile.id, this.imageHw);
    if (painted.isEmpty && this.masksIn(whole).length === 0) tile.shown = "empty";
    else if (isPicture(tile.shown)) {
      const step = 2 ** tile.id.level;
      const [left, top] = [(part.x0 - whole.x0) / step, (part.y0 - whole.y0) / step];
      putPixels(tile.shown, painted.pixels, painted.sizeHw, left, top);
    } else tile.shown = toBitmap(painted.pixels, painted.sizeHw);
  }

  private masksIn(box: ImageBox): PaintedMask[] {
    return [...this.masks.values()].filter(({ annotation }) => touches(annotation, box));
  }

  private use(id: TileId): MaskTile {
    const key = tileKey(id);
    const tile = this.tiles.get(key) ?? this.newTile(id);
    this.tiles.delete(key);
    this.tiles.set(key, tile);
    return tile;
  }

  private newTile(id: TileId): MaskTile {
    return { id, shown: null, stale: tileBox(id, this.imageHw), painting: null };
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

function addStale(tile: MaskTile, box: ImageBox): void {
  tile.stale = tile.stale ? boxAround(tile.stale, box) : box;
  tile.painting = null;
}

function boxOf({ bboxXywh: [x, y, width, height] }: Annotation): ImageBox {
  return { x0: x, y0: y, x1: x + width, y1: y + height };
}

function isPicture(shown: MaskTile["shown"]): shown is OffscreenCanvas {
  return shown !== null && shown !== "empty";
}

function rank({ shown }: MaskTile): number {
  return shown ? 0 : 1;
}

function touches({ bboxXywh: [x, y, width, height] }: Annotation, { x0, y0, x1, y1 }: ImageBox): boolean {
  return x < x1 && y < y1 && x + width > x0 && y + height > y0;
}
