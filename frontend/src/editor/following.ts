import { type ImagePoint, imagePoint } from "../geometry";
import { ColourRegion, EdgeMap, LiveWire } from "../imaging";
import { type EncodedMask, encodeMask, encodePolygon, maskRings, type Rle } from "../masks";
import { reportOf } from "../segmentation";
import type { Paint, RegionDraft } from "../session";
import type { EditorHost } from "./ports";
import { type ImagePart, imageToPart, partToImage, type SeenPixels } from "./seenPixels";

/** Flooding more pixels than this would be felt while the tolerance is dragged. */
const MAX_COLOUR_PIXELS = 4_000_000;
/** The search for the cheapest way may visit all of them between two movements of the pointer. */
const MAX_EDGE_PIXELS = 1_000_000;

/** What follows the image itself: regions of one colour, and lines along its edges. */
export class Following {
  private edges: { readonly part: ImagePart; readonly map: EdgeMap } | null = null;

  constructor(
    private readonly pixels: SeenPixels,
    private readonly host: EditorHost,
  ) {}

  /** `onReady` is called when the pixels have come. */
  colourRegion(seed: ImagePoint, onReady: () => void): GrowingColours {
    const growing = new GrowingColours(this.read(MAX_COLOUR_PIXELS), seed);
    void growing.ready.then(onReady);
    return growing;
  }

  /** Lines from this point along the edges of what is seen; straight until its pixels have come. */
  edgesFrom(from: ImagePoint): (to: ImagePoint) => readonly ImagePoint[] {
    let wire: { readonly part: ImagePart; readonly live: LiveWire } | null = null;
    void this.read(MAX_EDGE_PIXELS).then((part) => {
      if (part) wire = { part, live: new LiveWire(this.edgesOf(part), pointOfPart(from, part)) };
    });
    return (to) => {
      if (!wire) return [from, to];
      const { part, live } = wire;
      return [from, ...live.pathTo(pointOfPart(to, part)).map((point) => partToImage(point, part)), to];
    };
  }

  private edgesOf(part: ImagePart): EdgeMap {
    if (this.edges?.part !== part) this.edges = { part, map: new EdgeMap(part.rgba) };
    return this.edges.map;
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

  grow(tolerance: number, paint: Paint): RegionDraft | null {
    if (!this.found) return null;
    const { part, region } = this.found;
    const { mask } = region.grow(tolerance);
    return { kind: "region", mask, left: part.left, top: part.top, step: part.step, paint };
  }
}

function regionAt(part: ImagePart, seed: ImagePoint): ColourRegion {
  const { height, width } = part.rgba;
  const { x, y } = imageToPart(seed, part);
  const within = (value: number, size: number): number => Math.min(Math.max(Math.floor(value), 0), size - 1);
  return new ColourRegion(part.rgba, { column: within(x, width), row: within(y, height) });
}

/** The region as a mask of the whole image. Its outline is scaled rather than its pixels: those might be millions. */
export function encodeRegion({ mask, left, top, step }: RegionDraft, imageHw: Rle["size"]): EncodedMask {
  const rings = maskRings(encodeMask(mask).rle).map((ring) =>
    ring.map(({ x, y }) => imagePoint(left + x * step[0], top + y * step[1])),
  );
  return encodePolygon(rings, imageHw);
}
