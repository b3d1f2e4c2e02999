import type { Annotation } from "../document";
import { type EditablePolygon, editablePolygon, encodePolygon, polygonRings } from "../masks";
import { editedByHand } from "./byHand";
import type { Editing } from "./editing";
import type { Store } from "./store";

/** How far the corners may stray from the outline, in CSS pixels: fewer of them are easier to take hold of. */
const STRAYING_PX = 4;
const FINEST_TOLERANCE = 0.75;
const COARSEST_TOLERANCE = 16;

interface TracedPolygon {
  readonly of: Annotation;
  readonly tolerance: number;
  readonly polygon: EditablePolygon;
}

/** The selected mask as a polygon. It is traced once, and its corners stay where they are while it is edited. */
export class PolygonEditing {
  private traced: TracedPolygon | null = null;

  constructor(
    private readonly store: Store,
    private readonly editing: Editing,
  ) {}

  /** Null while nothing is selected, or what is selected is locked. */
  current(imagePerPixel: number): EditablePolygon | null {
    const annotation = this.selected();
    if (!annotation || annotation.locked) return null;
    const tolerance = toleranceFor(imagePerPixel);
    if (this.traced?.of !== annotation || this.traced.tolerance !== tolerance) {
      this.traced = { of: annotation, tolerance, polygon: editablePolygon(annotation.rle, tolerance) };
    }
    return this.traced.polygon;
  }

  /** One step, or none when the outline runs as before. */
  replace(label: string, polygon: EditablePolygon): void {
    const annotation = this.selected();
    if (!annotation || !this.traced) return;
    const mask = encodePolygon(polygonRings(polygon), annotation.rle.size);
    this.editing.edit(label, editedByHand(annotation, mask));
    const edited = this.selected();
    // Where the project's rules made another mask of it, it is traced anew.
    if (edited?.rle.counts === mask.rle.counts) this.traced = { ...this.traced, of: edited, polygon };
  }

  private selected(): Annotation | null {
    const { document, session } = this.store.state;
    return (session.selection && document.annotations.get(session.selection)) || null;
  }
}

/** Powers of two, so that a little zooming does not trace the mask anew. */
function toleranceFor(imagePerPixel: number): number {
  const wanted = 2 ** Math.round(Math.log2(STRAYING_PX * imagePerPixel));
  return Math.min(Math.max(wanted, FINEST_TOLERANCE), COARSEST_TOLERANCE);
}
