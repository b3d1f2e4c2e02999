import { useQuery } from "@tanstack/react-query";
import { Sparkles } from "lucide-react";
import { useState } from "react";
import { getProject, listSegmenters, type Project } from "../../api";
import { Button, ProgressBar } from "../../ui/components";
import { formatNumber, t } from "../../words";
import { keys } from "../queryClient";
import { SegmenterDialog } from "./SegmenterDialog";
import styles from "./SegmenterSection.module.css";
import { factsInWords } from "./segmenterInWords";

const POLL_MS = 2_000;

/** Which segmenter turns clicks into masks here, and how far the images are ready for it. */
export function SegmenterSection({ project }: { readonly project: Project }) {
  const [isChoosing, setChoosing] = useState(false);
  const segmenters = useQuery({
    queryKey: keys.segmenters,
    queryFn: ({ signal }) => listSegmenters(signal),
  });
  const mayChange = project.role === "owner" || project.role === "manager";
  const current = segmenters.data?.find(({ name }) => name === project.segmenter);
  return (
    <section className={styles.section} aria-label={t("Segmenter")}>
      <header className={styles.header}>
        <h2 className={styles.title}>{t("Segmenter")}</h2>
        {mayChange && (
          <Button variant="quiet" onClick={() => setChoosing(true)}>
            {t("Change")}
          </Button>
        )}
      </header>
      <p className={styles.current}>
        <Sparkles aria-hidden="true" />
        <span className={styles.words}>
          <span className={styles.name}>{current?.title ?? project.segmenter}</span>
          {current && <span className={styles.facts}>{factsInWords(current)}</span>}
          {segmenters.data && !current && (
            <span className={styles.problem}>{t("Not installed on this server. Choose another one.")}</span>
          )}
        </span>
      </p>
      <Readiness project={project} />
      {isChoosing && (
        <SegmenterDialog
          project={project}
          segmenters={segmenters.data ?? null}
          error={segmenters.error}
          onClose={() => setChoosing(false)}
        />
      )}
    </section>
  );
}

/** Shown while images are being embedded, which is when their number changes. */
function Readiness({ project }: { readonly project: Project }) {
  const { id, image_count: total, embedded_count: ready } = project;
  const isUnderWay = ready < total;
  useQuery({
    queryKey: keys.project(id),
    queryFn: ({ signal }) => getProject(id, signal),
    enabled: isUnderWay,
    refetchInterval: isUnderWay ? POLL_MS : false,
  });
  if (!isUnderWay) return null;
  return (
    <div className={styles.progress}>
      <ProgressBar label={t("Images ready for this segmenter")} value={total > 0 ? ready / total : null} />
      <p role="status">
        {t("{ready} of {total} images ready", { ready: formatNumber(ready), total: formatNumber(total) })}
      </p>
    </div>
  );
}
