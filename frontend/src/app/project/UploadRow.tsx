import { CircleAlert, CircleCheck, CircleSlash, Copy, RotateCw, X } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "wouter";
import type { ImageDto, Upload, UploadQueue, UploadState } from "../../api";
import { IconButton, ProgressBar, Rich } from "../../ui/components";
import { t } from "../../words";
import { megabytes } from "../quantities";
import styles from "./UploadRow.module.css";

export function UploadRow({ upload, queue }: { readonly upload: Upload; readonly queue: UploadQueue }) {
  const { id, name, size, state } = upload;
  return (
    <div className={styles.row} data-state={state.kind}>
      <div className={styles.words}>
        <p className={styles.name} title={name}>
          {name} <span className={styles.size}>{megabytes(size)}</span>
        </p>
        <Progress name={name} size={size} state={state} />
      </div>
      {(state.kind === "waiting" || state.kind === "sending") && (
        <IconButton label={t("Cancel {name}", { name })} icon={<X />} onClick={() => queue.cancel(id)} />
      )}
      {((state.kind === "failed" && state.canRetry) || state.kind === "cancelled") && (
        <IconButton label={t("Try {name} again", { name })} icon={<RotateCw />} onClick={() => queue.retry(id)} />
      )}
    </div>
  );
}

interface ProgressProps {
  readonly name: string;
  readonly size: number;
  readonly state: UploadState;
}

function Progress({ name, size, state }: ProgressProps): ReactNode {
  switch (state.kind) {
    case "waiting":
      return <ProgressBar label={t("{name}: waiting", { name })} value={0} />;
    case "sending": {
      const isSent = state.sent >= size;
      const label = isSent ? t("{name}: the server opens it", { name }) : t("{name}: uploading", { name });
      return <ProgressBar label={label} value={isSent ? null : state.sent / size} />;
    }
    case "added":
      return <Outcome icon={<CircleCheck />}>{t("Added")}</Outcome>;
    case "duplicate":
      return (
        <Outcome icon={<Copy />}>
          <Rich sentence="Already in this project as {image}" values={{ image: <ImageLink image={state.image} /> }} />
        </Outcome>
      );
    case "failed":
      return <Outcome icon={<CircleAlert />}>{state.message}</Outcome>;
    case "cancelled":
      return <Outcome icon={<CircleSlash />}>{t("Cancelled")}</Outcome>;
    default:
      return state satisfies never;
  }
}

function Outcome({ icon, children }: { readonly icon: ReactNode; readonly children: ReactNode }) {
  return (
    <p className={styles.outcome}>
      {icon}
      <span>{children}</span>
    </p>
  );
}

function ImageLink({ image }: { readonly image: ImageDto }) {
  return <Link href={`/projects/${image.project}/images/${image.id}`}>{image.filename}</Link>;
}
