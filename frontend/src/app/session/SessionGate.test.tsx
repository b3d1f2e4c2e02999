// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { keys } from "../queryClient";
import { SessionGate } from "./SessionGate";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const session = (user: object | null) => ({ user, limits: {}, version: "1", installation: "here" });
const ANNA = session({ id: 1, username: "anna" });
const NOBODY = session(null);
const answer = (body: object) => new Response(JSON.stringify(body));
const turn = () => new Promise((resolve) => setTimeout(resolve, 20));

it("does not believe an answer from before the sign-in", async () => {
  const late: ((response: Response) => void)[] = [];
  const asked = vi
    .fn<(url: string, options: RequestInit) => Promise<Response>>()
    .mockResolvedValueOnce(answer(ANNA))
    .mockResolvedValueOnce(answer(NOBODY))
    .mockImplementationOnce(() => new Promise((resolve) => late.push(resolve)))
    .mockResolvedValueOnce(answer(ANNA));
  vi.stubGlobal("fetch", asked);
  const client = new QueryClient();
  render(
    <QueryClientProvider client={client}>
      <SessionGate>The page</SessionGate>
    </QueryClientProvider>,
  );
  await screen.findByText("The page");
  await client.invalidateQueries({ queryKey: keys.session });
  await screen.findByText("You have been signed out");

  void client.invalidateQueries({ queryKey: keys.session });
  fireEvent.change(screen.getByLabelText("Password"), { target: { value: "secret" } });
  fireEvent.submit(screen.getByLabelText("Password"));
  await waitFor(() => expect(screen.queryByText("You have been signed out")).toBeNull());
  expect(asked.mock.calls[3]?.[1].method).toBe("POST");
  late[0]?.(answer(NOBODY));
  await turn();
  expect(screen.queryByText("You have been signed out")).toBeNull();
});
