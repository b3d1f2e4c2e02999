import { CloudOff } from "lucide-react";
import { Banner, Button } from "../../ui/components";
import { useJournal, useJournalStatus } from "../shell/journalContext";
import { countOf } from "../words";

/** While nothing goes through: the user may go on, and is told so. */
export function OfflineBanner() {
  const { journal } = useJournal();
  const { obstacle, waiting } = useJournalStatus();
  if (obstacle === null) return null;
  return (
    <Banner tone="warning" icon={<CloudOff />} action={<Button onClick={() => journal.wake()}>Try now</Button>}>
      {obstacle} You can go on: {countOf(waiting, "change")} {waiting === 1 ? "is" : "are"} kept in this browser.
    </Banner>
  );
}
