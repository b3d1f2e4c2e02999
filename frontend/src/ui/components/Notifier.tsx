import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import { useSyncExternalStore } from "react";
import { t } from "../../words";
import { Button, IconButton } from "./Button";
import styles from "./Notifier.module.css";
import { currentNotices, dismissNotice, type Notice, subscribeToNotices } from "./notices";

const ICONS = { info: <Info />, success: <CircleCheck />, error: <CircleAlert /> };

/** Where notices appear; one for the whole page. */
export function Notifier() {
  const notices = useSyncExternalStore(subscribeToNotices, currentNotices);
  return (
    <section className={styles.stack} aria-label={t("Notifications")} aria-live="polite">
      {notices.map((notice) => (
        <Toast key={notice.id} notice={notice} />
      ))}
    </section>
  );
}

function Toast({ notice }: { readonly notice: Notice }) {
  const { id, level, message, action } = notice;
  return (
    <div className={styles.toast} data-level={level} role={level === "error" ? "alert" : "status"}>
      {ICONS[level]}
      <p className={styles.message}>{message}</p>
      {action && (
        <Button
          variant="quiet"
          onClick={() => {
            dismissNotice(id);
            action.run();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton label={t("Dismiss")} icon={<X />} onClick={() => dismissNotice(id)} />
    </div>
  );
}
