import { type InfiniteData, useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { type ImageDto, type ImageFilter, listImages, type Page } from "../../api";
import { keys, queryClient } from "../queryClient";

type Pages = InfiniteData<Page<ImageDto>, string | null>;

const REFRESH_MS = 2_000;
/** Pages that are asked for again at a time; a page has a hundred images. */
const REFRESHED_PAGES = 3;

/** The images of a project, page by page as the user scrolls; those whose embedding is under way are kept fresh. */
export function useImages(projectId: number, filter: ImageFilter) {
  const queryKey = useMemo(() => [...keys.images(projectId), filter], [projectId, filter]);
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => listImages(projectId, filter, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    // Typing in the search field must not empty the grid at every letter.
    placeholderData: (before) => before,
  });
  const images = useMemo(() => query.data?.pages.flatMap((page) => page.results) ?? [], [query.data]);
  const isUnsettled = images.some(isUnderWay);

  useEffect(() => {
    if (!isUnsettled) return;
    let isRunning = false;
    const refresh = async (): Promise<void> => {
      if (isRunning || document.visibilityState === "hidden") return;
      isRunning = true;
      await refreshUnsettled(queryKey, projectId, filter).catch(() => undefined);
      isRunning = false;
    };
    const timer = setInterval(() => void refresh(), REFRESH_MS);
    return () => clearInterval(timer);
  }, [isUnsettled, queryKey, projectId, filter]);

  return { ...query, images };
}

function isUnderWay({ embedding: { state } }: ImageDto): boolean {
  return state === "queued" || state === "running";
}

async function refreshUnsettled(queryKey: readonly unknown[], projectId: number, filter: ImageFilter): Promise<void> {
  const pages = queryClient.getQueryData<Pages>(queryKey);
  const unsettled = (pages?.pages ?? [])
    .map((page, index) => ({ index, cursor: pages?.pageParams[index] ?? null, page }))
    .filter(({ page }) => page.results.some(isUnderWay))
    .slice(0, REFRESHED_PAGES);
  for (const { index, cursor } of unsettled) {
    const fresh = await listImages(projectId, filter, cursor);
    queryClient.setQueryData<Pages>(queryKey, (now) => now && withFreshRows(now, index, fresh.results));
  }
}

/** Takes the news of each image over, and leaves the page's extent as it is: the next pages hang on it. */
function withFreshRows(pages: Pages, index: number, fresh: readonly ImageDto[]): Pages {
  const byId = new Map(fresh.map((image) => [image.id, image]));
  return {
    ...pages,
    pages: pages.pages.map((page, at) =>
      at === index ? { ...page, results: page.results.map((image) => byId.get(image.id) ?? image) } : page,
    ),
  };
}
