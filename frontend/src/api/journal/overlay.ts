import type { Annotation } from "../../document";
import type { AnnotationDto } from "../types";
import type { ChangeContent, JournalEntry, TheirContent } from "./entries";

export function annotationOf(dto: AnnotationDto): Annotation {
  return {
    id: dto.id,
    imageId: dto.image,
    categoryId: dto.category,
    rle: dto.rle,
    area: dto.area,
    bboxXywh: dto.bbox_xywh,
    source: dto.source,
    provenance: dto.provenance,
    attributes: dto.attributes,
    locked: dto.locked,
    position: dto.position,
  };
}

export function contentOf(annotation: Annotation): ChangeContent {
  return {
    kind: "put",
    category: annotation.categoryId,
    rle: annotation.rle,
    source: annotation.source,
    provenance: annotation.provenance,
    attributes: annotation.attributes,
    locked: annotation.locked,
    position: annotation.position,
    area: annotation.area,
    bboxXywh: annotation.bboxXywh,
  };
}

/**
 * The user's side of an entry; null when the user deleted the annotation. `place` is taken where the entry says none;
 * left out, it is on top of all that is there, which is where the server puts it.
 */
export function mineOf(entry: JournalEntry, place = Number.MAX_SAFE_INTEGER): Annotation | null {
  if (entry.content.kind === "delete") return null;
  const { category, rle, area, bboxXywh, source, provenance, attributes, locked, position } = entry.content;
  return {
    id: entry.annotationId,
    imageId: entry.imageId,
    categoryId: category,
    rle,
    area,
    bboxXywh,
    source,
    provenance,
    attributes,
    locked,
    position: position ?? place,
  };
}

export function theirsOf(theirs: TheirContent): Annotation | null {
  return theirs.kind === "put" ? annotationOf(theirs.annotation) : null;
}

/** The server's list as the user last left it: with the journal's unsent changes, oldest first, on top. */
export function withUnsent(listed: readonly AnnotationDto[], unsent: readonly JournalEntry[]): Annotation[] {
  const annotations = new Map(listed.map((dto) => [dto.id, annotationOf(dto)]));
  for (const entry of unsent) {
    const mine = mineOf(entry, annotations.get(entry.annotationId)?.position);
    if (mine) annotations.set(mine.id, mine);
    else annotations.delete(entry.annotationId);
  }
  return [...annotations.values()];
}
