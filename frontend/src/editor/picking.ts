import type { Annotation } from "../document";
import type { ImagePoint } from "../geometry";
import { RleLookup } from "../masks";
import { isShown, selectedIds } from "../session";
import type { Store } from "./store";

/** Which annotation lies under a point. Masks are looked up in their runs; no pixels are needed. */
export class AnnotationPicker {
  private readonly lookups = new WeakMap<Annotation, RleLookup>();

  constructor(private readonly store: Store) {}

  /** The visible one that is drawn on top. */
  topmostAt(point: ImagePoint): string | null {
    const { document, session } = this.store.state;
    const selected = selectedIds(session);
    const [column, row] = [Math.floor(point.x), Math.floor(point.y)];
    const hits = [...document.annotations.values()].filter(
      (annotation) =>
        isShown(session.display, annotation.id, selected) &&
        isInBbox(annotation, column, row) &&
        this.lookupOf(annotation).has(column, row),
    );
    return hits.at(-1)?.id ?? null;
  }

  private lookupOf(annotation: Annotation): RleLookup {
    const known = this.lookups.get(annotation);
    if (known) return known;
    const lookup = new RleLookup(annotation.rle);
    this.lookups.set(annotation, lookup);
    return lookup;
  }
}

function isInBbox({ bboxXywh: [x, y, width, height] }: Annotation, column: number, row: number): boolean {
  return column >= x && row >= y && column < x + width && row < y + height;
}
