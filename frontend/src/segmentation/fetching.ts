import { t } from "../words";
import { type ErrorReport, SegmentationError } from "./errors";

const NETWORK_ATTEMPTS = 5;
const FIRST_PAUSE_MS = 500;
const MAX_PAUSE_MS = 10_000;
/** Most embeddings are there sooner than the whole second that the server can name. */
const FIRST_POLLS_MS = [250, 400];

/** What `fetchEmbedding` needs of the world; tests give their own. */
export interface FetchTools {
  fetch(url: string): Promise<Response>;
  sleep(ms: number): Promise<void>;
}

export const BROWSER_TOOLS: FetchTools = {
  fetch: (url) => fetch(url, { credentials: "same-origin" }),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/**
 * The bytes of an embedding. The server answers 202 while it computes, with the seconds to wait in Retry-After; at
 * first it is asked a little sooner. `onWaiting` is called once then. A lost network is tried again a few times.
 */
export async function fetchEmbedding(
  url: string,
  onWaiting: () => void,
  tools: FetchTools = BROWSER_TOOLS,
): Promise<ArrayBuffer> {
  for (let polls = 0; ; polls++) {
    const response = await fetchThroughTrouble(url, tools);
    if (response.status !== 202) return await readBytes(response);
    if (polls === 0) onWaiting();
    const seconds = Number(response.headers.get("Retry-After") ?? "1");
    const pause = Math.min(Math.max(seconds * 1000, 200), MAX_PAUSE_MS);
    await tools.sleep(Math.min(pause, FIRST_POLLS_MS[polls] ?? pause));
  }
}

/** JSON or bytes of something that is there. */
export async function fetchBytes(url: string, tools: FetchTools = BROWSER_TOOLS): Promise<ArrayBuffer> {
  return await readBytes(await fetchThroughTrouble(url, tools));
}

async function fetchThroughTrouble(url: string, tools: FetchTools): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    try {
      const response = await tools.fetch(url);
      if (response.status < 500 || attempt === NETWORK_ATTEMPTS) return response;
    } catch (error) {
      if (attempt === NETWORK_ATTEMPTS) throw offline(error);
    }
    await tools.sleep(Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), MAX_PAUSE_MS));
  }
}

async function readBytes(response: Response): Promise<ArrayBuffer> {
  if (!response.ok) throw await refusal(response);
  try {
    return await response.arrayBuffer();
  } catch (error) {
    throw offline(error);
  }
}

/** Errors of our API are `{code, message}`; what a proxy in between says is not shown. */
async function refusal(response: Response): Promise<SegmentationError> {
  const body = (await response.json().catch(() => null)) as Partial<ErrorReport> | null;
  if (typeof body?.code === "string" && typeof body.message === "string") {
    return new SegmentationError(body.code, body.message);
  }
  return new SegmentationError(
    "server_error",
    t("The server answered {status}. Try again in a moment.", { status: response.status }),
  );
}

function offline(cause: unknown): SegmentationError {
  return new SegmentationError(
    "offline",
    t("The server cannot be reached. Check that it runs, then open the image again."),
    {
      cause,
    },
  );
}
