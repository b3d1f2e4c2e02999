import type {
  AnnotationOutput,
  CategoryOutput,
  CurrentAnnotation,
  DeletedOutput,
  JobOutput,
  ProjectOutput,
  SessionOutput,
} from "./schema.gen";

/** Shapes of the API by the project's own names; generated from the server's schema. */
export type SessionInfo = SessionOutput;
export type User = NonNullable<SessionOutput["user"]>;
export type Limits = SessionOutput["limits"];
export type Project = ProjectOutput;
export type CategoryDto = CategoryOutput;
export type Job = JobOutput;
export type AnnotationDto = AnnotationOutput;
export type CurrentAnnotationDto = CurrentAnnotation;
export type DeletedAnnotationDto = DeletedOutput;

export type ImageState = "new" | "annotated";
export type EmbeddingState = "queued" | "running" | "ready" | "failed";

export interface ImageDto {
  readonly id: number;
  readonly project: number;
  readonly filename: string;
  readonly width: number;
  readonly height: number;
  readonly sha256: string;
  readonly state: ImageState;
  readonly annotation_count: number;
  readonly duplicate: boolean;
  readonly embedding: { readonly state: EmbeddingState; readonly url: string; readonly key: string };
  readonly content_url: string;
  readonly thumbnail_url: string;
  readonly created_at: string;
}

export interface NeighboursDto {
  readonly previous: number | null;
  readonly next: number | null;
  readonly position: number;
  readonly total: number;
}
