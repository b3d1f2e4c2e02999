import { useEffect } from "react";
import { useSession, useUser } from "../session/sessionContext";

/** The image that somebody worked on last in this browser. */
export interface LastPlace {
  readonly projectId: number;
  readonly imageId: number;
  readonly filename: string;
}

/** Each user of each installation has an own one, as with the journal. */
function useKey(): string {
  const { installation } = useSession();
  const { id } = useUser();
  return `maskwright-last-place-${installation}-${id}`;
}

/** Remembers where the user is, so that a browser that starts anew can lead back there. */
export function useRememberedPlace(projectId: number, imageId: number, filename: string | null): void {
  const key = useKey();
  useEffect(() => {
    if (filename === null) return;
    const place: LastPlace = { projectId, imageId, filename };
    try {
      localStorage.setItem(key, JSON.stringify(place));
    } catch {
      // Without storage there is no way back to be offered.
    }
  }, [key, projectId, imageId, filename]);
}

export function useLastPlace(): LastPlace | null {
  const key = useKey();
  try {
    return placeIn(JSON.parse(localStorage.getItem(key) ?? "null"));
  } catch {
    return null;
  }
}

function placeIn(stored: unknown): LastPlace | null {
  const { projectId, imageId, filename } = (stored ?? {}) as Partial<LastPlace>;
  const isWhole = typeof projectId === "number" && typeof imageId === "number" && typeof filename === "string";
  return isWhole ? { projectId, imageId, filename } : null;
}
