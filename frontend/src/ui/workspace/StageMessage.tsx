import { ImageOff, RotateCw, TriangleAlert } from "lucide-react";
import { type ReactNode, useEffect } from "react";
import type { Editor } from "../../editor";
import { t } from "../../words";
import { Button, EmptyState, Spinner } from "../components";
import styles from "./StageMessage.module.css";
import { useSnapshot } from "./useSnapshot";

export interface StageMessageProps {
  readonly editor: Editor;
  /** The way out when the image cannot be shown. */
  readonly home: ReactNode;
  readonly onReopen: () => void;
}

/** What lies over the canvas while the image is not there, or clicks cannot be answered yet. */
export function StageMessage({ editor, home, onReopen }: StageMessageProps) {
  const { imageState, embeddingState, problem } = useSnapshot(editor);
  useEffect(() => {
    if (imageState !== "failed") return;
    // What failed without a connection is tried again with one.
    window.addEventListener("online", onReopen);
    return () => window.removeEventListener("online", onReopen);
  }, [imageState, onReopen]);
  if (imageState === "failed") {
    return (
      <div className={styles.cover}>
        <EmptyState
          icon={<ImageOff />}
          tone="danger"
          title={t("The image could not be opened")}
          action={
            <>
              <Button icon={<RotateCw />} onClick={onReopen}>
                {t("Try again")}
              </Button>
              {home}
            </>
          }
        >
          {problem}
        </EmptyState>
      </div>
    );
  }
  if (imageState !== "ready") {
    return (
      <div className={styles.cover}>
        <EmptyState icon={<Spinner size={20} />} title={t("Opening the image…")} />
      </div>
    );
  }
  if (embeddingState === "failed") {
    return (
      <Pill tone="danger" icon={<TriangleAlert aria-hidden="true" />}>
        <span>{problem ?? t("The embedding could not be computed, so clicks give no masks here.")}</span>
        <Button onClick={() => void editor.retryEmbedding()}>{t("Try again")}</Button>
      </Pill>
    );
  }
  if (embeddingState === "waiting")
    return <Pill icon={<Spinner />}>{t("The server prepares this image for clicks…")}</Pill>;
  if (embeddingState === "loading") return <Pill icon={<Spinner />}>{t("Getting ready for clicks…")}</Pill>;
  return null;
}

interface PillProps {
  readonly tone?: "neutral" | "danger";
  readonly icon: ReactNode;
  readonly children: ReactNode;
}

function Pill({ tone = "neutral", icon, children }: PillProps) {
  return (
    <div className={styles.pill} data-tone={tone} role={tone === "danger" ? "alert" : "status"}>
      {icon}
      {children}
    </div>
  );
}
