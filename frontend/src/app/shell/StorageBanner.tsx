import { HardDrive } from "lucide-react";
import { useSyncExternalStore } from "react";
import { Banner, Button } from "../../ui/components";
import { t } from "../../words";
import { megabytes } from "../quantities";
import { useJournal, useJournalStatus } from "./journalContext";

/** More than this is not what a person calls almost nothing: then the browser's own figure is wrong. */
const FEW_BYTES = 50e6;

/** Tells of a browser without room: while it still takes changes but not for long, and when it has refused one. */
export function StorageBanner() {
  const { room } = useJournal();
  const { storageProblem } = useJournalStatus();
  const status = useSyncExternalStore(
    (listener) => room.subscribe(listener),
    () => room.status(),
  );
  if (storageProblem !== null) {
    return (
      <Banner tone="danger" icon={<HardDrive />}>
        {t("{problem} A change is in this page only: leave it open until it is sent.", { problem: storageProblem })}
      </Banner>
    );
  }
  return status.isLow ? <RoomIsLow freeBytes={status.freeBytes} onCheck={() => void room.check()} /> : null;
}

function RoomIsLow({ freeBytes, onCheck }: { readonly freeBytes: number | null; readonly onCheck: () => void }) {
  return (
    <Banner tone="warning" icon={<HardDrive />} action={<Button onClick={onCheck}>{t("Check again")}</Button>}>
      {freeBytes !== null && freeBytes < FEW_BYTES
        ? t("This browser has only {free} left for masks that are not saved yet.", { free: megabytes(freeBytes) })
        : t("This browser has almost no room left for masks that are not saved yet.")}{" "}
      {t("Free some disk space before you work offline.")}
    </Banner>
  );
}
