import { QueryClient } from "@tanstack/react-query";
import { isTemporary } from "../api";

/** What the pages read from the server is kept for a while, so that going back shows it at once. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => failures < 2 && isTemporary(error),
      retryDelay: (failures) => 400 * 2 ** failures,
      // The server may run on this very machine: being offline does not mean that it cannot be reached.
      networkMode: "always",
    },
    mutations: { networkMode: "always" },
  },
});

/** One place for the keys, so that whoever changes something knows what to refresh. */
export const keys = {
  session: ["session"] as const,
  segmenters: ["segmenters"] as const,
  projects: ["projects"] as const,
  project: (id: number) => ["projects", id] as const,
  categories: (projectId: number) => ["projects", projectId, "categories"] as const,
  images: (projectId: number) => ["projects", projectId, "images"] as const,
  threads: (imageId: number) => ["images", imageId, "threads"] as const,
  jobs: (projectId: number) => ["projects", projectId, "jobs"] as const,
  job: (id: number) => ["jobs", id] as const,
};
