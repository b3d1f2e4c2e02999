import { type DBSchema, openDB } from "idb";
import { useEffect, useState } from "react";
import { useSession, useUser } from "../session/sessionContext";

/** The image that somebody worked on last in this browser. */
export interface LastPlace {
  readonly projectId: number;
  readonly imageId: number;
  readonly filename: string;
}

interface PlacesSchema extends DBSchema {
  places: { key: string; value: LastPlace };
}

/** Not in localStorage: browsers write that seconds later, and a tab that is killed before has left no trace. */
const openPlaces = () =>
  openDB<PlacesSchema>("maskwright-places", 1, { upgrade: (database) => void database.createObjectStore("places") });

/** Each user of each installation has an own one, as with the journal. */
function useKey(): string {
  const { installation } = useSession();
  const { id } = useUser();
  return `${installation} ${id}`;
}

/** Remembers where the user is, so that a browser that starts anew can lead back there. */
export function useRememberedPlace(projectId: number, imageId: number, filename: string | null): void {
  const key = useKey();
  useEffect(() => {
    // Without storage there is no way back to be offered.
    if (filename !== null) keep(key, { projectId, imageId, filename }).catch(() => undefined);
  }, [key, projectId, imageId, filename]);
}

/** Null until it is read, and where there is none. */
export function useLastPlace(): LastPlace | null {
  const key = useKey();
  const [place, setPlace] = useState<LastPlace | null>(null);
  useEffect(() => {
    read(key).then(setPlace, () => undefined);
  }, [key]);
  return place;
}

async function keep(key: string, place: LastPlace): Promise<void> {
  const database = await openPlaces();
  await database.put("places", place, key);
  database.close();
}

async function read(key: string): Promise<LastPlace | null> {
  const database = await openPlaces();
  const place = await database.get("places", key);
  database.close();
  return place ?? null;
}
