import { Cpu, Gauge } from "lucide-react";
import type { ReactNode } from "react";
import type { DecoderStatus, Editor } from "../../editor";
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
  const { image, decoder, zoom } = useSnapshot(editor);
  return (
    <section className={styles.bar} aria-label="Status">
      {saving}
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
    <Tooltip text={decoder.runtime ? decoder.reason : "The decoder is loading."} side="top">
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
  const painted = lastPaintedMs === null ? "" : ` From the click to the screen: ${Math.round(lastPaintedMs)} ms.`;
  return (
    <Tooltip text={`Time of the last decode in the worker.${painted}`} side="top">
      <span className={styles.item}>
        <Gauge aria-hidden="true" />
        {lastDecodeMs < 10 ? lastDecodeMs.toFixed(1) : Math.round(lastDecodeMs)} ms
      </span>
    </Tooltip>
  );
}
