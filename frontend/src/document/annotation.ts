import type { BboxXywh, Rle } from "../masks";
import { type AttributeValues, NO_ATTRIBUTES } from "./attributes";

/** How a mask came to be; kept with the annotation. Values are plain JSON. */
export interface Provenance {
  readonly segmenter?: string;
  readonly checkpoint_sha256?: string;
  /** Image points with their labels, and the prompt box, as the user gave them. */
  readonly points?: readonly { readonly x: number; readonly y: number; readonly label: 0 | 1 }[];
  readonly box_xyxy?: readonly [number, number, number, number];
  readonly predicted_iou?: number;
  readonly stability_score?: number;
  /** Mean distance of the logits from the threshold. */
  readonly mean_logit?: number;
  /** Which of the candidates was taken, 0 being the segmenter's best. */
  readonly candidate?: number;
  readonly seconds?: number;
}

/** Where a mask came from, in the words of the API. */
export type AnnotationSource = "prompt" | "manual" | "import" | "proposal";

/**
 * One labelled region on one image. Never changed in place. The server's version is not part of it: undo must not
 * bring an old one back, so whoever sends annotations keeps their versions.
 */
export interface Annotation {
  /** A UUID that the browser chose: sending it twice makes one annotation. */
  readonly id: string;
  readonly imageId: number;
  readonly categoryId: number;
  readonly rle: Rle;
  /** Foreground pixels. */
  readonly area: number;
  readonly bboxXywh: BboxXywh;
  readonly source: AnnotationSource;
  readonly provenance: Provenance;
  /** Answers to what its category asks. */
  readonly attributes: AttributeValues;
  /** Guarded against change by mistake: it is neither edited nor deleted before it is unlocked. */
  readonly locked: boolean;
  /** Place in the drawing order: higher lies on top; equal ones by id. Any finite number. */
  readonly position: number;
}

/** An annotation that is about to be made: what is left out gets the usual value, its place is on top. */
export type NewAnnotation = Omit<Annotation, "attributes" | "locked" | "position"> &
  Partial<Pick<Annotation, "attributes" | "locked" | "position">>;

/** `topPosition`: the place above what is there. */
export function completed(annotation: NewAnnotation, topPosition: number): Annotation {
  return { attributes: NO_ATTRIBUTES, locked: false, position: topPosition, ...annotation };
}
