import { CloudOff } from "lucide-react";
import { Button } from "../../ui/components";
import { useJournal, useJournalStatus } from "../shell/journalContext";
import { countOf } from "../words";
import styles from "./OfflineNotice.module.css";

/** While nothing goes through: the user may go on, and is told so. It lies over the image rather than moving it. */
export function OfflineNotice() {
  const { journal } = useJournal();
  const { obstacle, waiting } = useJournalStatus();
  if (obstacle === null) return null;
  return (
    <div className={styles.notice} role="status">
      <CloudOff aria-hidden="true" />
      <p>
        {obstacle} You can go on: {countOf(waiting, "change")} {waiting === 1 ? "is" : "are"} kept in this browser.
      </p>
      <Button onClick={() => journal.wake()}>Try now</Button>
    </div>
  );
}
