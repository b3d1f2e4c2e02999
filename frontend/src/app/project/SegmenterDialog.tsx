import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { changeSegmenter, type Project, type Segmenter, sentenceOf } from "../../api";
import { Button, Dialog, Rich, Spinner } from "../../ui/components";
import { t } from "../../words";
import { imagesInWords } from "../quantities";
import { keys, queryClient } from "../queryClient";
import styles from "./SegmenterDialog.module.css";
import { factsInWords } from "./segmenterInWords";

export interface SegmenterDialogProps {
  readonly project: Project;
  /** Null: not loaded. */
  readonly segmenters: readonly Segmenter[] | null;
  readonly error: unknown;
  readonly onClose: () => void;
}

export function SegmenterDialog({ project, segmenters, error, onClose }: SegmenterDialogProps) {
  const [chosen, setChosen] = useState(project.segmenter);
  const change = useMutation({
    mutationFn: () => changeSegmenter(project.id, chosen),
    onSuccess: async (changed) => {
      queryClient.setQueryData(keys.project(project.id), changed);
      onClose();
      await queryClient.invalidateQueries({ queryKey: keys.images(project.id) });
    },
  });
  const disabledReason = chosen === project.segmenter ? t("The project has this segmenter already.") : null;
  return (
    <Dialog
      title={t("Change the segmenter")}
      size="medium"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("Cancel")}</Button>
          <Button
            variant="primary"
            isBusy={change.isPending}
            disabledReason={disabledReason}
            onClick={() => change.mutate()}
          >
            {t("Use this segmenter")}
          </Button>
        </>
      }
    >
      <p className={styles.text}>
        {project.image_count > 0
          ? t(
              "All embeddings ({images}) will be computed again in the background. Until an image's turn comes, clicks on it go on with the present segmenter. No mask changes.",
              { images: imagesInWords(project.image_count) },
            )
          : t("It turns the annotators' clicks into masks.")}
      </p>
      {segmenters === null && !error && (
        <p role="status">
          <Spinner size={12} /> {t("Loading…")}
        </p>
      )}
      {(change.error ?? error) ? (
        <p className={styles.problem} role="alert">
          {sentenceOf(change.error ?? error)}
        </p>
      ) : null}
      <div className={styles.choices} role="radiogroup" aria-label={t("Segmenters")}>
        {segmenters?.map((segmenter) => (
          <Choice
            key={segmenter.name}
            segmenter={segmenter}
            isChosen={segmenter.name === chosen}
            onChoose={() => setChosen(segmenter.name)}
          />
        ))}
      </div>
      {segmenters?.length === 1 && (
        <p className={styles.text}>
          <Rich
            sentence="Whoever runs the server adds others: {pull}, then {export}."
            values={{
              pull: <code>python manage.py segmenters pull sam-vit-b</code>,
              export: <code>python manage.py segmenters export sam-vit-b</code>,
            }}
          />
        </p>
      )}
    </Dialog>
  );
}

interface ChoiceProps {
  readonly segmenter: Segmenter;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function Choice({ segmenter, isChosen, onChoose }: ChoiceProps) {
  const { name, title, licence, exported } = segmenter;
  return (
    <label className={styles.choice} data-chosen={isChosen || undefined} data-disabled={!exported || undefined}>
      <input type="radio" name="segmenter" value={name} checked={isChosen} disabled={!exported} onChange={onChoose} />
      <span className={styles.words}>
        <span className={styles.title}>{title}</span>
        <span className={styles.facts}>{[factsInWords(segmenter), licence].filter(Boolean).join(" · ")}</span>
        {!exported && (
          <span className={styles.facts}>
            {t("Not exported yet:")} <code>python manage.py segmenters export {name}</code>
          </span>
        )}
      </span>
    </label>
  );
}
