import type { AnnotationDto } from "../types";
import { fingerprintOf, type JournalEntry, type TheirContent } from "./entries";
import type { SendResult, Transport } from "./transport";

interface Row {
  version: number;
  entry: Pick<JournalEntry, "annotationId" | "imageId" | "content">;
}

/** For tests: keeps the rules of `PUT` and `DELETE annotations/UUID/` (ARCHITECTURE.md 3.8) in memory, and counts writes. */
export class FakeServer {
  readonly rows = new Map<string, Row>();
  /** Every request that arrived, in order. */
  readonly received: string[] = [];
  writes = 0;
  isUp = true;
  /** The next answers are lost on their way back, after the server has acted. */
  losesAnswers = false;
  /** Waited for before each answer. */
  gate: Promise<void> = Promise.resolve();

  readonly transport: Transport = async (entry) => {
    if (!this.isUp) return { kind: "unreachable", message: "The server does not answer." };
    this.received.push(`${entry.content.kind} ${entry.annotationId}`);
    const result = this.act(entry);
    await this.gate;
    return this.losesAnswers ? { kind: "unreachable", message: "The connection broke." } : result;
  };

  /** Another user's write. */
  writeAs(entry: Row["entry"]): void {
    this.store(entry);
  }

  list(imageId: number): AnnotationDto[] {
    return [...this.rows.values()]
      .filter((row) => row.entry.imageId === imageId && row.entry.content.kind === "put")
      .map((row) => dtoOf(row));
  }

  private act(entry: JournalEntry): SendResult {
    const row = this.rows.get(entry.annotationId);
    if (!row && entry.content.kind === "delete") return { kind: "stored", version: null };
    if (row && fingerprintOf(row.entry.content) === fingerprintOf(entry.content)) {
      return { kind: "stored", version: row.version };
    }
    if (row && row.version !== entry.baseVersion) return { kind: "stale", theirs: theirsOf(row) };
    return { kind: "stored", version: this.store(entry) };
  }

  private store({ annotationId, imageId, content }: Row["entry"]): number {
    const version = (this.rows.get(annotationId)?.version ?? 0) + 1;
    this.rows.set(annotationId, { version, entry: { annotationId, imageId, content } });
    this.writes += 1;
    return version;
  }
}

function theirsOf(row: Row): TheirContent {
  if (row.entry.content.kind === "delete") return { kind: "delete", version: row.version };
  return { kind: "put", annotation: dtoOf(row) };
}

function dtoOf({ version, entry }: Row): AnnotationDto {
  if (entry.content.kind === "delete") throw new Error("A deleted annotation is not listed.");
  const { category, rle, attributes, locked, position } = entry.content;
  return {
    id: entry.annotationId,
    image: entry.imageId,
    category,
    rle: { size: [...rle.size], counts: rle.counts },
    area: 1,
    bbox_xywh: [0, 0, 1, 1],
    version,
    source: "prompt",
    author: "somebody",
    provenance: {},
    attributes,
    locked,
    position: position ?? 1,
    created_at: "2026-01-01T00:00:00Z",
    updated_at: "2026-01-01T00:00:00Z",
  };
}
