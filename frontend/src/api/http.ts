import { t } from "../words";
import { ApiError, NetworkError } from "./errors";
import { refusalInWords } from "./refusals";

const BASE = "/api/v1/";
const CSRF_COOKIE = "csrftoken";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export interface RequestOptions {
  readonly method?: Method;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  /** The request outlives the page; browsers refuse bodies over 64 KiB. */
  readonly keepalive?: boolean;
}

/** `path` below `/api/v1/`, or an address that the server gave. -> the JSON of a 2xx answer; throws ApiError or NetworkError. */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  try {
    return await requestOnce<T>(path, options);
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== "csrf_failed") throw error;
    // The cookie is gone or belongs to an earlier session. Asking for the session sets a new one.
    await requestOnce("session/", { signal: options.signal });
    return requestOnce<T>(path, options);
  }
}

async function requestOnce<T>(path: string, options: RequestOptions): Promise<T> {
  const response = await send(path, options);
  const text = await readText(response);
  if (!response.ok) throw apiErrorOf(response.status, text, response.headers.get("Retry-After"));
  return (text ? parseJson(text) : null) as T;
}

/** All pages of a list, in the server's order. */
export async function requestAll<T>(path: string, signal?: AbortSignal): Promise<T[]> {
  const rows: T[] = [];
  let next: string | null = path;
  while (next !== null) {
    const page: Page<T> = await request<Page<T>>(next, { signal });
    rows.push(...page.results);
    next = page.next;
  }
  return rows;
}

/** One page of a list: `next` is the address of the following one. */
export interface Page<T> {
  readonly results: T[];
  readonly next: string | null;
}

/** The page and the API share an origin, so an absolute address from the server is cut to its path. */
export function addressOf(path: string): string {
  if (/^https?:/.test(path)) {
    const url = new URL(path);
    return url.pathname + url.search;
  }
  return path.startsWith("/") ? path : BASE + path;
}

export function csrfHeaders(): Record<string, string> {
  const token = readCookie(CSRF_COOKIE);
  return token ? { "X-CSRFToken": token } : {};
}

/** A refusal as the server worded it, or as good as it can be told when the body is not ours. */
export function apiErrorOf(status: number, text: string, retryAfter: string | null = null): ApiError | NetworkError {
  const wait = retryAfter && Number.isFinite(Number(retryAfter)) ? Number(retryAfter) : null;
  const body = parseErrorBody(text);
  if (body) {
    const message = refusalInWords(body.code, body.message, body.data);
    const error = new ApiError(body.code, status, message, body.data, wait);
    if (status === 401) announceExpiredSession();
    return error;
  }
  if (status === 502 || status === 503 || status === 504) return new NetworkError();
  if (status === 413) return new ApiError("too_large", 413, t("This is larger than the server accepts."));
  return new ApiError(
    "unreadable",
    status,
    t("The server answered {status} without saying why. Please try again.", { status }),
  );
}

type Listener = () => void;
const expiredListeners = new Set<Listener>();

/** Calls back whenever the server says that nobody is signed in. -> a function that ends it. */
export function onSessionExpired(listener: Listener): () => void {
  expiredListeners.add(listener);
  return () => expiredListeners.delete(listener);
}

function announceExpiredSession(): void {
  for (const listener of expiredListeners) listener();
}

async function send(path: string, { method = "GET", body, signal, keepalive }: RequestOptions): Promise<Response> {
  const headers: Record<string, string> = { Accept: "application/json", ...csrfHeaders() };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  try {
    return await fetch(addressOf(path), {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: "same-origin",
      signal,
      keepalive,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new NetworkError();
  }
}

async function readText(response: Response): Promise<string> {
  try {
    return await response.text();
  } catch {
    // The connection broke in the middle of the answer: as good as no answer.
    throw new NetworkError();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new NetworkError(
      t("The answer did not come from Maskwright. Is there a proxy or a sign-in page in between?"),
    );
  }
}

function parseErrorBody(text: string): { code: string; message: string; data: Record<string, unknown> } | null {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body !== "object" || body === null) return null;
    const { code, message, data } = body as Record<string, unknown>;
    if (typeof code !== "string" || typeof message !== "string") return null;
    return { code, message, data: (data ?? {}) as Record<string, unknown> };
  } catch {
    return null;
  }
}

function readCookie(name: string): string | null {
  for (const pair of document.cookie.split("; ")) {
    const [key, value] = pair.split("=", 2);
    if (key === name && value) return decodeURIComponent(value);
  }
  return null;
}
