import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { changeSegmenter, type Project, type Segmenter, sentenceOf } from "../../api";
import { Button, Dialog, Spinner } from "../../ui/components";
import { keys, queryClient } from "../queryClient";
import { countOf } from "../words";
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
  const disabledReason = chosen === project.segmenter ? "The project has this segmenter already." : null;
  return (
    <Dialog
      title="Change the segmenter"
      size="medium"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            isBusy={change.isPending}
            disabledReason={disabledReason}
            onClick={() => change.mutate()}
          >
            Use this segmenter
          </Button>
        </>
      }
    >
      <p className={styles.text}>
        {project.image_count > 0
          ? `The embeddings of ${countOf(project.image_count, "image")} will be computed again in the background. ` +
            "Until an image's turn comes, clicks on it go on with the present segmenter. No mask changes."
          : "It turns the annotators' clicks into masks."}
      </p>
      {segmenters === null && !error && (
        <p role="status">
          <Spinner size={12} /> Loading…
        </p>
      )}
      {(change.error ?? error) ? (
        <p className={styles.problem} role="alert">
          {sentenceOf(change.error ?? error)}
        </p>
      ) : null}
      <div className={styles.choices} role="radiogroup" aria-label="Segmenters">
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
          Whoever runs the server adds others: <code>python manage.py segmenters pull sam-vit-b</code>, then{" "}
          <code>export sam-vit-b</code>.
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
            Not exported yet: <code>python manage.py segmenters export {name}</code>
          </span>
        )}
      </span>
    </label>
  );
}
