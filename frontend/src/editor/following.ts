import { type ImagePoint, imagePoint } from "../geometry";
import { ColourRegion, EdgeMap, FineLine, LiveWire } from "../imaging";
import { type EncodedMask, encodeMask, encodePolygon, encodeWindow, maskRings, type Rle } from "../masks";
import { reportOf } from "../segmentation";
import type { Paint, RegionDraft } from "../session";
import type { EditorHost } from "./ports";
import { type ImagePart, imageToPart, partToImage, type SeenPixels } from "./seenPixels";

/** As many pixels as a photo of a camera has: if no more are seen they are read as they are. */
const MAX_PIXELS = 12_600_000;
/** Of more this many are read: a large image comes in tiles, of which there would be hundreds. Zooming in helps. */
const FEWER_PIXELS = 4_000_000;
/** What is shown while the tolerance is dragged has no more pixels than a screen. */
const MAX_PREVIEW_PIXELS = 2_000_000;
/** The search for the cheapest way may visit all of them between two movements of the pointer. */
const MAX_SEARCH_PIXELS = 1_000_000;
/** By how many pixels of its own the line may be off that was found on the picture with fewer pixels. */
const SLACK = 1.5;

/** What follows the image itself: regions of one colour, and lines along its edges. */
export class Following {
  private readonly edges = new WeakMap<ImagePart, EdgeMap>();

  constructor(
    private readonly pixels: SeenPixels,
    private readonly host: EditorHost,
  ) {}

  /** `onReady` is called when the pixels have come. */
  colourRegion(seed: ImagePoint, onReady: () => void): GrowingColours {
    const growing = new GrowingColours(this.readFinest(), seed);
    void growing.ready.then(onReady);
    return growing;
  }

  /**
   * Lines from this point along the edges of what is seen; straight until its pixels have come. Where more is seen than
   * can be searched in a moment the way is found with fewer pixels, and then led along the edges of the image itself.
   */
  edgesFrom(from: ImagePoint): (to: ImagePoint) => readonly ImagePoint[] {
    let wire: { readonly part: ImagePart; readonly live: LiveWire } | null = null;
    let refined: { readonly part: ImagePart; readonly line: FineLine } | null = null;
    void this.read(MAX_SEARCH_PIXELS).then(async (part) => {
      if (!part) return;
      wire = { part, live: new LiveWire(this.edgesOf(part), pointOfPart(from, part)) };
      const fine = part.step[0] > 1 ? await this.readFinest() : null;
      if (fine) refined = { part: fine, line: new FineLine(this.edgesOf(fine), (SLACK * part.step[0]) / fine.step[0]) };
    });
    return (to) => {
      if (!wire) return [from, to];
      const { part, live } = wire;
      const found = live.pathTo(pointOfPart(to, part)).map((point) => partToImage(point, part));
      if (!refined) return [from, ...found, to];
      const { part: fine, line } = refined;
      const inFine = [from, ...found.slice(1, -1), to].map((point) => pointOfPart(point, fine));
      return [from, ...line.along(inFine).map((point) => partToImage(point, fine)), to];
    };
  }

  private edgesOf(part: ImagePart): EdgeMap {
    const known = this.edges.get(part);
    if (known) return known;
    const map = new EdgeMap(part.rgba);
    this.edges.set(part, map);
    return map;
  }

  private readFinest(): Promise<ImagePart | null> {
    return this.read(this.pixels.count <= MAX_PIXELS ? MAX_PIXELS : FEWER_PIXELS);
  }

  private async read(maxPixels: number): Promise<ImagePart | null> {
    try {
      return await this.pixels.read(maxPixels);
    } catch (error) {
      this.host.notify({ ...reportOf(error), level: "error" });
      return null;
    }
  }
}

function pointOfPart(point: ImagePoint, part: ImagePart): ImagePoint {
  const { x, y } = imageToPart(point, part);
  return imagePoint(x, y);
}

/** The colours around a point, as soon as the pixels are there. */
export class GrowingColours {
  readonly ready: Promise<void>;
  private found: { readonly part: ImagePart; readonly region: ColourRegion } | null = null;

  constructor(part: Promise<ImagePart | null>, seed: ImagePoint) {
    this.ready = part.then((there) => {
      if (there) this.found = { part: there, region: regionAt(there, seed) };
    });
  }

  /** All its pixels. */
  grow(tolerance: number, paint: Paint): RegionDraft | null {
    return this.draft(tolerance, paint, 1);
  }

  /** As many of its pixels as it takes to show it. */
  preview(tolerance: number, paint: Paint): RegionDraft | null {
    const pixels = this.found ? this.found.part.rgba.height * this.found.part.rgba.width : 0;
    return this.draft(tolerance, paint, Math.max(Math.ceil(Math.sqrt(pixels / MAX_PREVIEW_PIXELS)), 1));
  }

  private draft(tolerance: number, paint: Paint, every: number): RegionDraft | null {
    if (!this.found) return null;
    const { part, region } = this.found;
    const { mask } = region.grow(tolerance, every);
    const step = [part.step[0] * every, part.step[1] * every] as const;
    return { kind: "region", mask, left: part.left, top: part.top, step, paint };
  }
}

function regionAt(part: ImagePart, seed: ImagePoint): ColourRegion {
  const { height, width } = part.rgba;
  const { x, y } = imageToPart(seed, part);
  const within = (value: number, size: number): number => Math.min(Math.max(Math.floor(value), 0), size - 1);
  return new ColourRegion(part.rgba, { column: within(x, width), row: within(y, height) });
}

/** The region as a mask of the whole image. Of a coarser one the outline is scaled rather than its pixels. */
export function encodeRegion({ mask, left, top, step }: RegionDraft, imageHw: Rle["size"]): EncodedMask {
  if (step[0] === 1 && step[1] === 1) return encodeWindow({ mask, left, top }, imageHw);
  const rings = maskRings(encodeMask(mask).rle).map((ring) =>
    ring.map(({ x, y }) => imagePoint(left + x * step[0], top + y * step[1])),
  );
  return encodePolygon(rings, imageHw);
}
