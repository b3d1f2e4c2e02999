import { HardDrive } from "lucide-react";
import { useSyncExternalStore } from "react";
import { Banner, Button } from "../../ui/components";
import { t } from "../../words";
import { megabytes } from "../quantities";
import { useJournal } from "./journalContext";

/** More than this is not what a person calls almost nothing: then the browser's own figure is wrong. */
const FEW_BYTES = 50e6;

/** While the browser still takes changes, but not for long. */
export function StorageBanner() {
  const { room } = useJournal();
  const { isLow, freeBytes } = useSyncExternalStore(
    (listener) => room.subscribe(listener),
    () => room.status(),
  );
  if (!isLow) return null;
  return (
    <Banner
      tone="warning"
      icon={<HardDrive />}
      action={<Button onClick={() => void room.check()}>{t("Check again")}</Button>}
    >
      {freeBytes !== null && freeBytes < FEW_BYTES
        ? t("This browser has only {free} left for masks that are not saved yet.", { free: megabytes(freeBytes) })
        : t("This browser has almost no room left for masks that are not saved yet.")}{" "}
      {t("Free some disk space before you work offline.")}
    </Banner>
  );
}
