import type {
  AnnotationInput,
  AnnotationOutput,
  CategoryOutput,
  CurrentAnnotation,
  DeletedOutput,
  ImageOutput,
  JobOutput,
  NeighboursOutput,
  ProjectOutput,
  SegmenterOutput,
  SessionOutput,
  ThreadOutput,
} from "./schema.gen";

export type { EmbeddingState, ImageState } from "./schema.gen";

/** Shapes of the API by the project's own names; generated from the server's schema. */
export type SessionInfo = SessionOutput;
export type User = NonNullable<SessionOutput["user"]>;
export type Limits = SessionOutput["limits"];
export type Project = ProjectOutput;
export type Segmenter = SegmenterOutput;
export type CategoryDto = CategoryOutput;
export type ImageDto = ImageOutput;
export type NeighboursDto = NeighboursOutput;
export type Job = JobOutput;
export type AnnotationDto = AnnotationOutput;
export type AnnotationInputDto = AnnotationInput;
export type CurrentAnnotationDto = CurrentAnnotation;
export type ThreadDto = ThreadOutput;
export type DeletedAnnotationDto = DeletedOutput;
