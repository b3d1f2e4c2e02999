import { ApiError } from "../errors";
import { request } from "../http";
import type { AnnotationDto, AnnotationInputDto, CurrentAnnotationDto, DeletedAnnotationDto } from "../types";
import type { JournalEntry, Problem, TheirContent } from "./entries";
import { type Delayed, failureOf } from "./failures";

/** What became of one attempt to send an entry. */
export type SendResult =
  | { readonly kind: "stored"; readonly version: number | null }
  | { readonly kind: "stale"; readonly theirs: TheirContent }
  | { readonly kind: "rejected"; readonly problem: Problem }
  | Delayed;

export type Transport = (entry: JournalEntry) => Promise<SendResult>;

const TIMEOUT_MS = 30_000;
/** Browsers refuse `keepalive` requests over 64 KiB, all running ones together. */
const KEEPALIVE_MAX_CHARACTERS = 20_000;

export const sendEntry: Transport = async (entry) => {
  try {
    return entry.content.kind === "put" ? await put(entry, entry.content) : await remove(entry);
  } catch (error) {
    return resultOfFailure(error, entry);
  }
};

async function put(
  entry: JournalEntry,
  content: Extract<JournalEntry["content"], { kind: "put" }>,
): Promise<SendResult> {
  const { category, rle, source, provenance, attributes, locked, position } = content;
  const { size, counts } = rle;
  const body: AnnotationInputDto = {
    image: entry.imageId,
    category,
    rle: { size: [...size], counts },
    source,
    // The same shape, but mutable.
    provenance: provenance as AnnotationInputDto["provenance"],
    attributes,
    locked,
    ...(position !== null && { position }),
    version: entry.baseVersion,
  };
  const stored = await request<AnnotationDto>(`annotations/${entry.annotationId}/`, {
    method: "PUT",
    body,
    keepalive: rle.counts.length < KEEPALIVE_MAX_CHARACTERS,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  return { kind: "stored", version: stored.version };
}

async function remove(entry: JournalEntry): Promise<SendResult> {
  const query = entry.baseVersion === null ? "" : `?version=${entry.baseVersion}`;
  const deleted = await request<DeletedAnnotationDto>(`annotations/${entry.annotationId}/${query}`, {
    method: "DELETE",
    keepalive: true,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  return { kind: "stored", version: deleted.version };
}

function resultOfFailure(error: unknown, entry: JournalEntry): SendResult {
  if (error instanceof ApiError) {
    if (error.status === 404 && entry.content.kind === "delete") return { kind: "stored", version: null };
    if (error.code === "stale_version") return { kind: "stale", theirs: theirsOf(error) };
  }
  const failure = failureOf(error);
  return failure.kind === "rejected" ? { kind: "rejected", problem: problemOf(failure.error) } : failure;
}

function problemOf({ code, message, data }: ApiError): Problem {
  const names = code === "invalid_attributes" && Array.isArray(data.names) ? data.names.map(String) : null;
  return { code, message, ...(names && { attributes: names }) };
}

function theirsOf(error: ApiError): TheirContent {
  const current = error.data.current as CurrentAnnotationDto | null | undefined;
  if (!current) return { kind: "delete", version: null };
  const { category } = current;
  if (category === null || current.deleted) return { kind: "delete", version: current.version };
  return { kind: "put", annotation: { ...current, category } };
}
