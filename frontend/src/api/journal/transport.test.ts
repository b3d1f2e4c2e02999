// @vitest-environment happy-dom
import { describe, expect, it, vi } from "vitest";
import { type JournalEntry, newEntry } from "./entries";
import { sendEntry } from "./transport";

const rle = { size: [2, 2], counts: "04" } as const;
const provenance = { predicted_iou: 0.9 };
const told = {
  category: 3,
  rle,
  source: "prompt",
  provenance,
  attributes: { blurred: true },
  locked: false,
  position: 2,
} as const;
const put = { kind: "put", area: 4, bboxXywh: [0, 0, 2, 2], ...told } as const;

function entryWith(content: JournalEntry["content"], baseVersion: number | null = null): JournalEntry {
  return { ...newEntry({ annotationId: "a", imageId: 7, content }, baseVersion, 0), entryId: 1 };
}

/** The server's next answer. -> what was asked. */
function answer(status: number, body: unknown) {
  const asked = vi.fn((_url: string, _options: RequestInit) =>
    Promise.resolve(new Response(typeof body === "string" ? body : JSON.stringify(body), { status })),
  );
  vi.stubGlobal("fetch", asked);
  return asked;
}

const refusal = (code: string, data = {}) => ({ code, message: "A sentence.", data });

describe("a mask", () => {
  it("is put with the version that it is based on", async () => {
    const asked = answer(200, { version: 5 });
    expect(await sendEntry(entryWith(put, 4))).toEqual({ kind: "stored", version: 5 });
    const [url, options] = asked.mock.calls[0] ?? [];
    expect(url).toBe("/api/v1/annotations/a/");
    expect(options?.method).toBe("PUT");
    expect(JSON.parse(String(options?.body))).toEqual({ image: 7, version: 4, ...told });
  });

  it("that somebody else has changed meets what is stored now", async () => {
    answer(409, refusal("stale_version", { current: { version: 6, category: 2, rle, deleted: false } }));
    const result = await sendEntry(entryWith(put, 4));
    expect(result).toMatchObject({ kind: "stale", theirs: { kind: "put", annotation: { version: 6, category: 2 } } });
  });

  it("that somebody else has deleted meets the deletion", async () => {
    answer(409, refusal("stale_version", { current: { version: 6, category: 2, rle, deleted: true } }));
    expect(await sendEntry(entryWith(put, 4))).toEqual({ kind: "stale", theirs: { kind: "delete", version: 6 } });
  });

  it("that the server will never take is told with its sentence", async () => {
    answer(400, refusal("invalid_mask"));
    const problem = { code: "invalid_mask", message: "A sentence." };
    expect(await sendEntry(entryWith(put))).toEqual({ kind: "rejected", problem });
  });

  it.each([
    [401, refusal("not_authenticated")],
    [403, refusal("csrf_failed")],
    [502, "<html>Bad gateway</html>"],
  ])("waits when the server answers %i", async (status, body) => {
    answer(status, body);
    expect((await sendEntry(entryWith(put))).kind).toBe("unreachable");
  });

  it.each([
    [500, "internal"],
    [429, "throttled"],
  ])("is tried later after a %i, without holding others back", async (status, code) => {
    answer(status, refusal(code));
    expect((await sendEntry(entryWith(put))).kind).toBe("later");
  });

  it("waits when there is no network", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
    expect((await sendEntry(entryWith(put))).kind).toBe("unreachable");
  });
});

describe("a deletion", () => {
  it("names the version that it is based on", async () => {
    const asked = answer(200, { id: "a", version: 3, deleted: true });
    expect(await sendEntry(entryWith({ kind: "delete" }, 2))).toEqual({ kind: "stored", version: 3 });
    expect(asked.mock.calls[0]?.[0]).toBe("/api/v1/annotations/a/?version=2");
  });

  it("of what the server never had is done", async () => {
    answer(404, refusal("not_found"));
    expect(await sendEntry(entryWith({ kind: "delete" }))).toEqual({ kind: "stored", version: null });
  });
});
