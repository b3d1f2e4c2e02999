// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ApiError, NetworkError } from "./errors";
import { onSessionExpired, request, requestAll } from "./http";

type Answer = readonly [status: number, body: unknown];

/** Gives these answers, one after the other. -> what was asked. */
function answers(...all: Answer[]) {
  const queue = [...all];
  const asked = vi.fn((_url: string, _options: RequestInit) => {
    const [status, body] = queue.shift() ?? [500, ""];
    return Promise.resolve(new Response(typeof body === "string" ? body : JSON.stringify(body), { status }));
  });
  vi.stubGlobal("fetch", asked);
  return asked;
}

const refusal = (code: string, message = "A sentence.") => ({ code, message, data: { hint: 1 } });
const headersOf = (options: RequestInit | undefined) => options?.headers as Record<string, string>;

beforeEach(() => {
  // biome-ignore lint/suspicious/noDocumentCookie: this is where the server's cookie is read from.
  document.cookie = "csrftoken=abc";
});

afterEach(() => vi.unstubAllGlobals());

it("sends the CSRF token of the cookie along", async () => {
  const asked = answers([200, {}]);
  await request("projects/", { method: "POST", body: { name: "a" } });
  expect(asked.mock.calls[0]?.[0]).toBe("/api/v1/projects/");
  expect(headersOf(asked.mock.calls[0]?.[1])["X-CSRFToken"]).toBe("abc");
});

it("turns a refusal into its code, status, sentence and data", async () => {
  answers([409, refusal("category_in_use", "Two annotations have it.")]);
  const error = await request("categories/1/", { method: "DELETE" }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({
    code: "category_in_use",
    status: 409,
    message: "Two annotations have it.",
    data: { hint: 1 },
  });
});

it("takes a page that is not ours for no answer", async () => {
  answers([200, "<html>Welcome to the hotel's network</html>"], [504, "<html>Gateway timeout</html>"]);
  await expect(request("session/")).rejects.toBeInstanceOf(NetworkError);
  await expect(request("session/")).rejects.toBeInstanceOf(NetworkError);
});

it("fetches a new CSRF cookie once when the old one is refused", async () => {
  const asked = answers([403, refusal("csrf_failed")], [200, { user: null }], [201, { id: 4 }]);
  expect(await request("projects/", { method: "POST", body: {} })).toEqual({ id: 4 });
  expect(asked.mock.calls.map(([url]) => url)).toEqual(["/api/v1/projects/", "/api/v1/session/", "/api/v1/projects/"]);
});

it("announces that the session has ended", async () => {
  answers([401, refusal("not_authenticated")]);
  const heard = vi.fn();
  const stop = onSessionExpired(heard);
  await request("projects/").catch(() => undefined);
  stop();
  expect(heard).toHaveBeenCalledOnce();
});

it("follows a list to its end", async () => {
  const next = "http://localhost/api/v1/projects/?cursor=x";
  const asked = answers([200, { results: [1, 2], next }], [200, { results: [3], next: null }]);
  expect(await requestAll("projects/")).toEqual([1, 2, 3]);
  expect(asked.mock.calls[1]?.[0]).toBe("/api/v1/projects/?cursor=x");
});
