import {
  type Annotation,
  addAnnotation,
  type DocumentAction,
  type Provenance,
  removeAnnotation,
  replaceMask,
} from "../document";
import type { EncodedMask } from "../masks";
import { newUuid } from "./uuid";

/** How a mask came to be, without the scores of the one that the segmenter gave: it is another mask now. */
function provenanceByHand({ provenance }: Annotation): Provenance {
  const { predicted_iou, stability_score, mean_logit, candidate, ...rest } = provenance;
  return rest;
}

/** The annotation with a mask that a person changed; without it when nothing of the mask is left. */
export function editedByHand(annotation: Annotation, mask: EncodedMask): DocumentAction {
  if (mask.rle.counts === annotation.rle.counts) return (document) => document;
  if (mask.area === 0) return removeAnnotation(annotation.id);
  return replaceMask(annotation.id, { ...mask, source: "manual", provenance: provenanceByHand(annotation) });
}

/** Another annotation of the same kind with this mask, on top of all. */
export function likeIt(annotation: Annotation, mask: EncodedMask, id = newUuid()): DocumentAction {
  const { imageId, categoryId, attributes } = annotation;
  const { rle, area, bboxXywh } = mask;
  return addAnnotation({
    id,
    imageId,
    categoryId,
    attributes,
    rle,
    area,
    bboxXywh,
    source: "manual",
    provenance: provenanceByHand(annotation),
  });
}

/** The annotation keeps the first mask, the others become annotations like it. */
export function intoPieces(annotation: Annotation, pieces: readonly EncodedMask[]): DocumentAction[] {
  const [first, ...others] = pieces;
  if (!first || others.length === 0) return [];
  return [editedByHand(annotation, first), ...others.map((piece) => likeIt(annotation, piece))];
}
