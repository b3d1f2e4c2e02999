import { skipToken, useQuery } from "@tanstack/react-query";
import { conflictOf, getImage, type ImageDto, type JournalEntry, listCategories } from "../../api";
import { type ImagePixels, loadImage } from "../../rendering";
import { ConflictDialog } from "../../ui/workspace/conflict/ConflictDialog";
import { keys } from "../queryClient";
import { detailsOf } from "../workspace/workspaceSource";
import { useDecider, useJournal, useJournalStatus } from "./journalContext";
import { postpone, usePostponed } from "./postponed";
import { RejectedDialog } from "./RejectedDialog";

/** Asks about changes that the server refused, one after the other, on whatever page the user is. */
export function UndecidedChanges() {
  const { undecided } = useJournalStatus();
  const postponed = usePostponed();
  const open = undecided.filter(({ entryId }) => !postponed.has(entryId));
  const [first] = open;
  if (!first) return null;
  const later = (): void => postpone(open.map(({ entryId }) => entryId));
  return <Undecided key={first.entryId} entry={first} more={open.length - 1} onLater={later} />;
}

interface UndecidedProps {
  readonly entry: JournalEntry;
  readonly more: number;
  readonly onLater: () => void;
}

function Undecided({ entry, more, onLater }: UndecidedProps) {
  const decide = useDecider();
  const { sync } = useJournal();
  const image = useQuery({
    queryKey: ["images", entry.imageId],
    queryFn: ({ signal }) => getImage(entry.imageId, signal),
  });
  const pixels = usePixels(image.data);
  const categories = useQuery({
    queryKey: keys.categories(image.data?.project ?? 0),
    queryFn: ({ signal }) => listCategories(image.data?.project ?? 0, signal),
    enabled: image.data !== undefined,
    staleTime: 30_000,
  });
  const filename = image.data?.filename ?? `image ${entry.imageId}`;
  if (entry.state.kind === "rejected") {
    return (
      <RejectedDialog
        filename={filename}
        problem={entry.state.problem}
        onRetry={() => decide(entry, "mine")}
        onKeepWithout={(attributes) => void sync.settleWithout(entry, attributes)}
        onDiscard={() => decide(entry, "theirs")}
        onClose={onLater}
      />
    );
  }
  const { mine, theirs } = conflictOf(entry);
  return (
    <ConflictDialog
      filename={filename}
      pixels={pixels}
      mine={mine}
      theirs={theirs}
      categoryOf={(id) => categories.data?.find((category) => category.id === id) ?? null}
      more={more}
      onChoose={(choice) => decide(entry, choice)}
      onClose={onLater}
    />
  );
}

function usePixels(image: ImageDto | undefined): ImagePixels | null {
  const query = useQuery({
    queryKey: ["pixels", image?.content_url],
    queryFn: image ? ({ signal }) => loadImage(detailsOf(image), signal) : skipToken,
    // An image that cannot be loaded leaves the masks to be compared on their own.
    retry: false,
    gcTime: 0,
  });
  return query.data ?? null;
}
