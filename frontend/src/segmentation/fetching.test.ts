import { expect, test } from "vitest";
import { type FetchTools, fetchEmbedding } from "./fetching";

/** Answers one after the other; an Error is a network that is down. */
function server(...answers: (Response | Error)[]) {
  const pauses: number[] = [];
  const tools: FetchTools = {
    fetch: async () => {
      const answer = answers.shift();
      if (!answer || answer instanceof Error) throw answer ?? new TypeError("nobody there");
      return answer;
    },
    sleep: async (ms) => {
      pauses.push(ms);
    },
  };
  return { tools, pauses, left: answers };
}
const waiting = (seconds: string) => new Response("{}", { status: 202, headers: { "Retry-After": seconds } });
const ignore = (): void => undefined;

test("while the server computes, it is asked again soon, then as late as it says, and that is told once", async () => {
  const { tools, pauses } = server(waiting("1"), waiting("1"), waiting("1"), waiting("2"), new Response("done"));
  let told = 0;
  const bytes = await fetchEmbedding("/x", () => told++, tools);
  expect(new TextDecoder().decode(bytes)).toBe("done");
  expect(pauses).toEqual([250, 400, 1000, 2000]);
  expect(told).toBe(1);
});

test("the server's own words are kept", async () => {
  const body = JSON.stringify({ code: "embedding_failed", message: "Upload the image again." });
  const { tools } = server(new Response(body, { status: 409 }));
  await expect(fetchEmbedding("/x", ignore, tools)).rejects.toMatchObject({
    code: "embedding_failed",
    message: "Upload the image again.",
  });
});

test("what a proxy says is not shown", async () => {
  const { tools } = server(new Response("<html>teapot</html>", { status: 418 }));
  await expect(fetchEmbedding("/x", ignore, tools)).rejects.toMatchObject({ code: "server_error" });
});

test("a network that comes back is waited for, longer each time", async () => {
  const { tools, pauses } = server(new TypeError("down"), new Response("", { status: 503 }), new Response("done"));
  await fetchEmbedding("/x", ignore, tools);
  expect(pauses).toEqual([500, 1000]);
});

test("a network that stays away is told", async () => {
  const { tools } = server();
  await expect(fetchEmbedding("/x", ignore, tools)).rejects.toMatchObject({ code: "offline" });
});
