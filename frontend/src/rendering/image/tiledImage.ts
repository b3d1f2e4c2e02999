import { type ImageBox, levelFor, type SizeHw, type TileId, tileKey, tilesIn, topLevel } from "../../geometry";
import { drawTiles, type Picture } from "../drawTiles";
import { type Context2d, enterDeviceSpace } from "../surface";
import { type ImagePixels, type ImageView, Listeners, readPixels, seenPart } from "./imagePixels";

/** Fetches and decodes one tile. Throws when it cannot be had. */
export type FetchTile = (tile: TileId, signal: AbortSignal) => Promise<Picture>;

/** 1 MB each. */
const MAX_TILES = 200;
const MAX_FETCHES = 6;
/** A tile that could not be had is not asked for again with every frame. */
const RETRY_AFTER_MS = 2000;

/** An image that is too large to be here as a whole: its tiles come when they are looked at, and go when others are. */
export class TiledImage implements ImagePixels {
  /** Least recently drawn first. */
  private readonly tiles = new Map<string, Picture>();
  private readonly fetching = new Map<string, Promise<void>>();
  private readonly failedAt = new Map<string, number>();
  private readonly listeners = new Listeners();
  private readonly abort = new AbortController();
  private wanted: readonly TileId[] = [];

  constructor(
    readonly imageHw: SizeHw,
    private readonly fetchTile: FetchTile,
  ) {}

  /** Resolves when the coarsest tile is there, so that all of the image is seen. */
  async open(): Promise<void> {
    await this.require([{ level: topLevel(this.imageHw), column: 0, row: 0 }]);
  }

  get isSharp(): boolean {
    return this.wanted.every((tile) => this.tiles.has(tileKey(tile)));
  }

  drawRegion(context: Context2d, region: ImageBox, target: ImageBox): void {
    const place = placing(region, target);
    context.save();
    context.beginPath();
    context.rect(target.x0, target.y0, target.x1 - target.x0, target.y1 - target.y0);
    context.clip();
    drawTiles(context, tilesIn(this.levelOf(region, target), region), (tile) => this.find(tile), this.imageHw, place);
    context.restore();
  }

  drawView(context: Context2d, view: ImageView): void {
    const seen = seenPart(this.imageHw, view);
    if (!seen) return;
    enterDeviceSpace(context);
    this.drawRegion(context, seen.region, seen.target);
    this.wanted = tilesIn(this.levelOf(seen.region, seen.target), seen.region);
    this.fetchWanted();
  }

  async read(region: ImageBox, sizeHw: SizeHw): Promise<ImageData> {
    const level = this.levelOf(region, { x0: 0, y0: 0, x1: sizeHw[1], y1: sizeHw[0] });
    await this.require(tilesIn(level, region));
    return readPixels(this, region, sizeHw);
  }

  subscribe(listener: () => void): () => void {
    return this.listeners.add(listener);
  }

  dispose(): void {
    this.abort.abort();
    for (const picture of this.tiles.values()) if ("close" in picture) picture.close();
    this.tiles.clear();
  }

  private levelOf(region: ImageBox, target: ImageBox): number {
    return levelFor(this.imageHw, (target.x1 - target.x0) / (region.x1 - region.x0));
  }

  private find(tile: TileId): Picture | null {
    const key = tileKey(tile);
    const picture = this.tiles.get(key);
    if (!picture) return null;
    this.tiles.delete(key);
    this.tiles.set(key, picture);
    return picture;
  }

  /** Those in the middle of what is seen first; what has scrolled away is not asked for any more. */
  private fetchWanted(): void {
    for (const tile of this.wanted) {
      if (this.fetching.size >= MAX_FETCHES) return;
      if (!this.tiles.has(tileKey(tile)) && this.mayFetch(tile)) void this.fetch(tile).catch(() => undefined);
    }
  }

  private mayFetch(tile: TileId): boolean {
    const failedAt = this.failedAt.get(tileKey(tile)) ?? Number.NEGATIVE_INFINITY;
    return !this.fetching.has(tileKey(tile)) && performance.now() - failedAt > RETRY_AFTER_MS;
  }

  private async require(tiles: readonly TileId[]): Promise<void> {
    const missing = tiles.filter((tile) => !this.tiles.has(tileKey(tile)));
    await Promise.all(missing.map((tile) => this.fetching.get(tileKey(tile)) ?? this.fetch(tile)));
  }

  private fetch(tile: TileId): Promise<void> {
    const key = tileKey(tile);
    const fetched = this.keep(tile, key).finally(() => {
      this.fetching.delete(key);
      this.fetchWanted();
    });
    this.fetching.set(key, fetched);
    return fetched;
  }

  private async keep(tile: TileId, key: string): Promise<void> {
    try {
      const picture = await this.fetchTile(tile, this.abort.signal);
      if (this.abort.signal.aborted) return;
      this.tiles.set(key, picture);
      this.dropOldest();
      this.listeners.call();
    } catch (error) {
      this.failedAt.set(key, performance.now());
      throw error;
    }
  }

  /** The coarsest tile stays: it stands in for all that are missing. */
  private dropOldest(): void {
    const top = tileKey({ level: topLevel(this.imageHw), column: 0, row: 0 });
    for (const [key, picture] of this.tiles) {
      if (this.tiles.size <= MAX_TILES) return;
      if (key === top) continue;
      if ("close" in picture) picture.close();
      this.tiles.delete(key);
    }
  }
}

/** Where a box of the image lies, when `region` is drawn into `target`; in whole pixels. */
function placing(region: ImageBox, target: ImageBox): (box: ImageBox) => ImageBox {
  const across = (target.x1 - target.x0) / (region.x1 - region.x0);
  const down = (target.y1 - target.y0) / (region.y1 - region.y0);
  const x = (value: number): number => Math.round(target.x0 + (value - region.x0) * across);
  const y = (value: number): number => Math.round(target.y0 + (value - region.y0) * down);
  return (box) => ({ x0: x(box.x0), y0: y(box.y0), x1: x(box.x1), y1: y(box.y1) });
}
