import { useVirtualizer } from "@tanstack/react-virtual";
import { ChevronDown, ChevronUp, X } from "lucide-react";
import { useRef, useState, useSyncExternalStore } from "react";
import type { Upload, UploadQueue } from "../../api";
import { Button, IconButton, ProgressBar } from "../../ui/components";
import { t } from "../../words";
import styles from "./UploadPanel.module.css";
import { UploadRow } from "./UploadRow";
import { summaryOf } from "./uploadSummary";

/** What becomes of each uploaded file, in the corner of the page. */
export function UploadPanel({ queue }: { readonly queue: UploadQueue }) {
  const uploads = useSyncExternalStore(queue.subscribe, queue.list);
  const [isFolded, setFolded] = useState(false);
  if (uploads.length === 0) return null;
  const { title, progress, isRunning, retryable } = summaryOf(uploads);
  return (
    <section className={styles.panel} aria-label={t("Uploads")}>
      <header className={styles.header}>
        <h2 className={styles.title} role="status">
          {title}
        </h2>
        {retryable > 1 && !isRunning && (
          <Button variant="quiet" onClick={() => queue.retryAll()}>
            {t("Retry all")}
          </Button>
        )}
        {isRunning && (
          <Button variant="quiet" onClick={() => queue.cancelAll()}>
            {t("Cancel")}
          </Button>
        )}
        <IconButton
          label={isFolded ? t("Show the files") : t("Hide the files")}
          icon={isFolded ? <ChevronUp /> : <ChevronDown />}
          aria-expanded={!isFolded}
          onClick={() => setFolded(!isFolded)}
        />
        {!isRunning && <IconButton label={t("Close")} icon={<X />} onClick={() => queue.clearFinished()} />}
      </header>
      {isRunning && <ProgressBar label={t("All files")} value={progress} />}
      {!isFolded && <Rows uploads={uploads} queue={queue} />}
    </section>
  );
}

const ROW_HEIGHT = 46;

/** Failures first: they need the user. */
function Rows({ uploads, queue }: { readonly uploads: readonly Upload[]; readonly queue: UploadQueue }) {
  const scroller = useRef<HTMLDivElement>(null);
  const rank = ({ state }: Upload): number => (state.kind === "failed" ? 0 : state.kind === "sending" ? 1 : 2);
  const sorted = [...uploads].sort((a, b) => rank(a) - rank(b));
  const virtualizer = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => sorted[index]?.id ?? index,
    overscan: 4,
  });
  return (
    <div ref={scroller} className={styles.scroller}>
      <ul className={styles.list} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => {
          const upload = sorted[item.index];
          return upload ? (
            <li
              key={item.key}
              ref={virtualizer.measureElement}
              data-index={item.index}
              className={styles.row}
              style={{ translate: `0 ${item.start}px` }}
            >
              <UploadRow upload={upload} queue={queue} />
            </li>
          ) : null;
        })}
      </ul>
    </div>
  );
}
