import { Cpu, Gauge } from "lucide-react";
import type { ReactNode } from "react";
import type { DecoderStatus, Editor } from "../../editor";
import { formatNumber, t } from "../../words";
import { Tooltip } from "../components";
import { HintLine } from "./HintLine";
import { runtimeInWords } from "./runtimeInWords";
import styles from "./StatusBar.module.css";
import { useSnapshot } from "./useSnapshot";

export interface StatusBarProps {
  readonly editor: Editor;
  /** Whether everything is saved. */
  readonly saving: ReactNode;
}

export function StatusBar({ editor, saving }: StatusBarProps) {
  const { image, decoder, zoom, undoLabel } = useSnapshot(editor);
  return (
    <section className={styles.bar} aria-label={t("Status")}>
      {saving}
      {/* What was done last, for those who do not see it. */}
      <span className="visually-hidden" role="status">
        {undoLabel}
      </span>
      <Runtime decoder={decoder} />
      <DecodeTime decoder={decoder} />
      <HintLine editor={editor} />
      {image && (
        <span className={styles.item}>
          {image.width} × {image.height}
        </span>
      )}
      <span className={styles.item} data-testid="zoom">
        {Math.round(zoom * 100)}%
      </span>
    </section>
  );
}

function Runtime({ decoder }: { readonly decoder: DecoderStatus }) {
  return (
    <Tooltip text={decoder.runtime ? decoder.reason : t("The decoder is loading.")} side="top">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: its reason is in a tooltip, which the keyboard must reach. */}
      <span className={styles.item} data-testid="runtime" tabIndex={0}>
        <Cpu aria-hidden="true" />
        {runtimeInWords(decoder)}
      </span>
    </Tooltip>
  );
}

function DecodeTime({ decoder: { lastDecodeMs, lastPaintedMs } }: { readonly decoder: DecoderStatus }) {
  if (lastDecodeMs === null) return null;
  const painted =
    lastPaintedMs === null ? "" : t("From the click to the screen: {time} ms.", { time: Math.round(lastPaintedMs) });
  return (
    <Tooltip text={`${t("Time of the last decode in the worker.")} ${painted}`} side="top">
      <span className={styles.item}>
        <Gauge aria-hidden="true" />
        {formatNumber(lastDecodeMs, { maximumFractionDigits: lastDecodeMs < 10 ? 1 : 0 })} ms
      </span>
    </Tooltip>
  );
}
