import { CloudOff } from "lucide-react";
import { Button } from "../../ui/components";
import { t, tn } from "../../words";
import { useJournal, useJournalStatus } from "../shell/journalContext";
import styles from "./OfflineNotice.module.css";

/** While nothing goes through: the user may go on, and is told so. It lies over the image rather than moving it. */
export function OfflineNotice() {
  const { wake } = useJournal();
  const { obstacle, waiting } = useJournalStatus();
  if (obstacle === null) return null;
  return (
    <div className={styles.notice} role="status">
      <CloudOff aria-hidden="true" />
      <p>
        {obstacle}{" "}
        {tn(
          "You can go on: {count} change is kept in this browser.",
          "You can go on: {count} changes are kept in this browser.",
          waiting,
        )}
      </p>
      <Button onClick={wake}>{t("Try now")}</Button>
    </div>
  );
}
