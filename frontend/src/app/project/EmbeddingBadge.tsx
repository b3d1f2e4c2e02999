import { Clock, TriangleAlert } from "lucide-react";
import type { ImageDto } from "../../api";
import { Spinner } from "../../ui/components";
import { t } from "../../words";
import styles from "./EmbeddingBadge.module.css";

const WORDS = { queued: t("Waiting"), running: t("Preparing"), failed: t("Not prepared") } as const;

/** Whether clicks can be answered in this image yet; nothing when they can. */
export function EmbeddingBadge({ embedding: { state } }: { readonly embedding: ImageDto["embedding"] }) {
  if (state === "ready") return null;
  return (
    <span
      className={styles.badge}
      data-state={state}
      title={t("Masks need the image's embedding, which is computed once.")}
    >
      {state === "queued" && <Clock aria-hidden="true" />}
      {state === "running" && <Spinner size={10} />}
      {state === "failed" && <TriangleAlert aria-hidden="true" />}
      {WORDS[state]}
    </span>
  );
}
