import { useMutation, useQuery } from "@tanstack/react-query";
import { CircleCheck, Download } from "lucide-react";
import {
  cancelJob,
  getJob,
  type Job,
  jobErrorInWords,
  type Project,
  requestExport,
  retryJob,
  sentenceOf,
} from "../../api";
import { Button, ButtonLink, Dialog, ProgressBar, Rich } from "../../ui/components";
import { formatNumber, t } from "../../words";
import { imagesInWords } from "../quantities";
import { keys, queryClient } from "../queryClient";
import { useJournalStatus } from "../shell/journalContext";
import styles from "./ExportDialog.module.css";

const POLL_MS = 500;
const RUNNING: readonly Job["state"][] = ["queued", "running"];

export function ExportDialog({ project, onClose }: { readonly project: Project; readonly onClose: () => void }) {
  const { waiting } = useJournalStatus();
  const start = useMutation({ mutationFn: () => requestExport(project.id) });
  const job = useJob(start.data ?? null);
  const isRunning = job !== null && RUNNING.includes(job.state);
  return (
    <Dialog
      title={t("Export as COCO")}
      onClose={onClose}
      footer={
        <Actions
          job={job}
          isStarting={start.isPending}
          disabledReason={
            waiting > 0 ? t("Masks are still on their way to the server. Wait until they are saved.") : null
          }
          onStart={() => start.mutate()}
          onClose={onClose}
        />
      }
    >
      <p className={styles.text}>
        <Rich
          sentence="A zip file with {file} (masks as COCO RLE) and {images}, as annotated. pycocotools reads it as it is."
          values={{ file: <code>annotations.json</code>, images: imagesInWords(project.image_count) }}
        />
      </p>
      {start.isError && (
        <p className={styles.problem} role="alert">
          {sentenceOf(start.error)}
        </p>
      )}
      {job && isRunning && <Progress job={job} />}
      {job?.state === "succeeded" && (
        <p className={styles.done} role="status">
          <CircleCheck aria-hidden="true" /> {t("The export is ready.")}
        </p>
      )}
      {job?.state === "cancelled" && <p role="status">{t("The export was cancelled.")}</p>}
      {job?.state === "failed" && (
        <p className={styles.problem} role="alert">
          {job.error ? jobErrorInWords(job.error) : t("The export failed. Try again.")}
        </p>
      )}
    </Dialog>
  );
}

/** The job as it stands, asked for again while it runs. */
function useJob(started: Job | null): Job | null {
  const query = useQuery({
    queryKey: keys.job(started?.id ?? 0),
    queryFn: ({ signal }) => getJob(started?.id ?? 0, signal),
    enabled: started !== null,
    initialData: started ?? undefined,
    refetchInterval: ({ state }) => (state.data && !RUNNING.includes(state.data.state) ? false : POLL_MS),
  });
  return started ? (query.data ?? started) : null;
}

/** What the export says of itself (`datasets/exporting.py`). */
const STAGES: Readonly<Record<string, string>> = {
  "Writing annotations": t("Writing annotations"),
  "Copying images": t("Copying images"),
};

function Progress({ job }: { readonly job: Job }) {
  const value = job.total > 0 ? job.done / job.total : null;
  const words = job.state === "queued" ? t("Waiting for its turn") : (STAGES[job.message] ?? t("Writing the file"));
  return (
    <div className={styles.progress}>
      <ProgressBar label={t("Export")} value={value} />
      <p role="status">
        {words}
        {job.total > 0 &&
          ` (${t("{done} of {total}", { done: formatNumber(job.done), total: formatNumber(job.total) })})`}
      </p>
    </div>
  );
}

interface ActionsProps {
  readonly job: Job | null;
  readonly isStarting: boolean;
  readonly disabledReason: string | null;
  readonly onStart: () => void;
  readonly onClose: () => void;
}

function Actions({ job, isStarting, disabledReason, onStart, onClose }: ActionsProps) {
  const refresh = (changed: Job): void => {
    queryClient.setQueryData(keys.job(changed.id), changed);
  };
  const cancel = useMutation({ mutationFn: cancelJob, onSuccess: refresh });
  const retry = useMutation({
    mutationFn: retryJob,
    onSuccess: (changed) => {
      refresh(changed);
      void queryClient.invalidateQueries({ queryKey: keys.job(changed.id) });
    },
  });
  if (!job) {
    return (
      <>
        <Button onClick={onClose}>{t("Cancel")}</Button>
        <Button variant="primary" isBusy={isStarting} disabledReason={disabledReason} onClick={onStart}>
          {t("Start export")}
        </Button>
      </>
    );
  }
  if (RUNNING.includes(job.state)) {
    return (
      <>
        <Button isBusy={cancel.isPending} onClick={() => cancel.mutate(job.id)}>
          {t("Cancel export")}
        </Button>
        <Button onClick={onClose}>{t("Close")}</Button>
      </>
    );
  }
  if (job.state === "succeeded" && job.result_url) {
    return (
      <>
        <Button onClick={onClose}>{t("Close")}</Button>
        <ButtonLink href={job.result_url} variant="primary" icon={<Download aria-hidden="true" />} isDownload>
          {t("Download")}
        </ButtonLink>
      </>
    );
  }
  return (
    <>
      <Button onClick={onClose}>{t("Close")}</Button>
      <Button variant="primary" isBusy={retry.isPending} onClick={() => retry.mutate(job.id)}>
        {t("Try again")}
      </Button>
    </>
  );
}
