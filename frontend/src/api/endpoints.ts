import { type Page, request, requestAll } from "./http";
import type {
  AnnotationDto,
  CategoryDto,
  ImageDto,
  ImageState,
  Job,
  NeighboursDto,
  Project,
  Segmenter,
  SessionInfo,
  ThreadDto,
} from "./types";

/** One function for each thing that the pages ask of the server. All throw ApiError or NetworkError. */

export const getSession = (): Promise<SessionInfo> => request("session/");
export const signIn = (username: string, password: string): Promise<SessionInfo> =>
  request("session/", { method: "POST", body: { username, password } });
export const signOut = (): Promise<SessionInfo> => request("session/", { method: "DELETE" });

export const listProjects = (signal?: AbortSignal): Promise<Project[]> => requestAll("projects/", signal);
export const getProject = (id: number, signal?: AbortSignal): Promise<Project> =>
  request(`projects/${id}/`, { signal });
export const createProject = (name: string): Promise<Project> =>
  request("projects/", { method: "POST", body: { name } });
export const renameProject = (id: number, name: string): Promise<Project> =>
  request(`projects/${id}/`, { method: "PATCH", body: { name } });
export const changeSegmenter = (id: number, segmenter: string): Promise<Project> =>
  request(`projects/${id}/`, { method: "PATCH", body: { segmenter } });
export const changeOverlapPolicy = (id: number, policy: Project["overlap_policy"]): Promise<Project> =>
  request(`projects/${id}/`, { method: "PATCH", body: { overlap_policy: policy } });
export const deleteProject = (id: number): Promise<null> => request(`projects/${id}/`, { method: "DELETE" });

export const listSegmenters = (signal?: AbortSignal): Promise<Segmenter[]> => requestAll("segmenters/", signal);

export const listCategories = (projectId: number, signal?: AbortSignal): Promise<CategoryDto[]> =>
  requestAll(`projects/${projectId}/categories/`, signal);
export const createCategory = (projectId: number, name: string, color?: string): Promise<CategoryDto> =>
  request(`projects/${projectId}/categories/`, { method: "POST", body: color ? { name, color } : { name } });
/** What is left out stays. */
export type CategoryChange = Partial<Pick<CategoryDto, "name" | "color" | "attributes">>;
export const changeCategory = (id: number, change: CategoryChange): Promise<CategoryDto> =>
  request(`categories/${id}/`, { method: "PATCH", body: change });
export const deleteCategory = (id: number): Promise<null> => request(`categories/${id}/`, { method: "DELETE" });

export interface ImageFilter {
  readonly state: ImageState | null;
  /** Part of the file name; empty for all. */
  readonly search: string;
  /** Only images with an annotation whose predicted IoU is at most this. */
  readonly predictedIouMax?: number | null;
  /** Rows in a page, if not the server's usual number. */
  readonly limit?: number;
}

export function listImages(projectId: number, filter: ImageFilter, next: string | null, signal?: AbortSignal) {
  const query = new URLSearchParams();
  if (filter.state) query.set("state", filter.state);
  if (filter.search) query.set("search", filter.search);
  if (filter.predictedIouMax != null) query.set("predicted_iou_max", String(filter.predictedIouMax));
  if (filter.limit) query.set("limit", String(filter.limit));
  const asked = query.toString();
  const first = `projects/${projectId}/images/${asked && `?${asked}`}`;
  return request<Page<ImageDto>>(next ?? first, { signal });
}

export const getImage = (id: number, signal?: AbortSignal): Promise<ImageDto> => request(`images/${id}/`, { signal });
export const deleteImage = (id: number): Promise<null> => request(`images/${id}/`, { method: "DELETE" });
export const getNeighbours = (id: number, signal?: AbortSignal): Promise<NeighboursDto> =>
  request(`images/${id}/neighbours/`, { signal });
export const listAnnotations = (imageId: number, signal?: AbortSignal): Promise<AnnotationDto[]> =>
  requestAll(`images/${imageId}/annotations/`, signal);

export const listThreads = (imageId: number, signal?: AbortSignal): Promise<ThreadDto[]> =>
  requestAll(`images/${imageId}/threads/`, signal);

export const getJob = (id: number, signal?: AbortSignal): Promise<Job> => request(`jobs/${id}/`, { signal });
export const cancelJob = (id: number): Promise<Job> => request(`jobs/${id}/cancel/`, { method: "POST" });
export const retryJob = (id: number): Promise<Job> => request(`jobs/${id}/retry/`, { method: "POST" });
export const requestExport = (projectId: number): Promise<Job> =>
  request(`projects/${projectId}/exports/`, { method: "POST", body: { format: "coco" } });
export const listActiveJobs = (projectId: number, signal?: AbortSignal): Promise<Page<Job>> =>
  request(`projects/${projectId}/jobs/?active=1`, { signal });
