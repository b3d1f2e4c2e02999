import { HardDrive } from "lucide-react";
import { useSyncExternalStore } from "react";
import { freeBytes, isLow } from "../../api";
import { Banner, Button } from "../../ui/components";
import { t } from "../../words";
import { megabytes } from "../quantities";
import { useJournal } from "./journalContext";

/** While the browser still takes changes, but not for long. */
export function StorageBanner() {
  const { room } = useJournal();
  const estimate = useSyncExternalStore(
    (listener) => room.subscribe(listener),
    () => room.estimate(),
  );
  if (!estimate || !isLow(estimate)) return null;
  return (
    <Banner
      tone="warning"
      icon={<HardDrive />}
      action={<Button onClick={() => void room.check()}>{t("Check again")}</Button>}
    >
      {t(
        "This browser has only {free} left for masks that are not saved yet. Free some disk space before you work offline.",
        { free: megabytes(freeBytes(estimate)) },
      )}
    </Banner>
  );
}
