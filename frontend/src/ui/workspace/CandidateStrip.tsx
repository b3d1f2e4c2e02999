import { Check } from "lucide-react";
import { useMemo } from "react";
import type { Editor } from "../../editor";
import { type BboxXywh, encodeLogits } from "../../masks";
import type { Candidate } from "../../session";
import { t } from "../../words";
import { Button, Spinner } from "../components";
import styles from "./CandidateStrip.module.css";
import { MaskPreview } from "./preview/MaskPreview";
import { regionAround, unionOf } from "./preview/region";
import { inHundredths } from "./scoreFilter";
import { useSnapshot } from "./useSnapshot";

const WIDTH = 76;
const HEIGHT = 57;
const GROUND_COLOR = "#3b82f6";

export interface CandidateStripProps {
  readonly editor: Editor;
  /** Over the image, where there is no room beside it. */
  readonly isFloating?: boolean;
}

/** The segmenter's proposals for the prompt, side by side, and the button that takes the chosen one. */
export function CandidateStrip({ editor, isFloating = false }: CandidateStripProps) {
  const snapshot = useSnapshot(editor);
  const { candidates, chosenCandidate, image, isDecoding, promptPoints, hasBox } = snapshot;
  const imageHw = useMemo(() => [image?.height ?? 1, image?.width ?? 1] as const, [image]);
  const region = useMemo(() => commonRegion(candidates, imageHw), [candidates, imageHw]);
  if (!image || (promptPoints.length === 0 && !hasBox)) return null;
  const category = snapshot.categories.find(({ id }) => id === snapshot.currentCategoryId);
  const accept = editor.commands.get("mask.accept");
  const whyNot = accept?.disabledReason() ?? null;
  return (
    <section className={styles.strip} data-floating={isFloating || undefined} aria-label={t("Candidates")}>
      {candidates.length === 0 && (
        <span className={styles.waiting} role="status">
          <Spinner />{" "}
          {isDecoding && snapshot.embeddingState !== "ready" ? t("Waiting for the embedding") : t("Computing")}
        </span>
      )}
      <div className={styles.choices} role="radiogroup" aria-label={t("Candidate masks")}>
        {candidates.map((candidate, index) => (
          // biome-ignore lint/a11y/useSemanticElements: the preview is a picture, which an <input> cannot hold.
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: candidates have no other name than their place.
            key={index}
            type="button"
            role="radio"
            className={styles.choice}
            aria-checked={index === chosenCandidate}
            aria-label={t("Candidate {number}, predicted IoU {iou}", {
              number: index + 1,
              iou: inHundredths(candidate.predictedIou),
            })}
            onClick={() => editor.chooseCandidate(index)}
          >
            <MaskPreview
              label=""
              width={WIDTH}
              height={HEIGHT}
              pixels={editor.state.pixels}
              imageHw={imageHw}
              region={region}
              mask={{ kind: "logits", logits: candidate.lowResLogits }}
              color={category?.color ?? GROUND_COLOR}
            />
            <span className={styles.score}>{inHundredths(candidate.predictedIou)}</span>
          </button>
        ))}
      </div>
      {candidates.length > 0 && whyNot !== null && (
        <span className={styles.waiting} role="status">
          {whyNot}
        </span>
      )}
      <Button
        variant="primary"
        className={styles.accept}
        icon={<Check />}
        disabledReason={whyNot}
        onClick={() => accept?.run()}
      >
        <span className={styles.what}>
          {category ? t("Accept as {category}", { category: category.name }) : t("Accept")}
        </span>
      </Button>
    </section>
  );
}

/** The same part of the image for all, so that they can be compared. */
function commonRegion(candidates: readonly Candidate[], imageHw: readonly [number, number]): BboxXywh {
  // A coarse grid is enough to find where the masks are.
  const scale = Math.max(1, Math.max(...imageHw) / 256);
  const grid = [Math.max(1, Math.round(imageHw[0] / scale)), Math.max(1, Math.round(imageHw[1] / scale))] as const;
  const boxes = candidates.map((candidate) => encodeLogits(candidate.lowResLogits, grid).bboxXywh);
  const union = unionOf(boxes) ?? [0, 0, grid[1], grid[0]];
  const [x, y, width, height] = union.map((length) => length * scale) as [number, number, number, number];
  return regionAround([x, y, width, height], imageHw, WIDTH / HEIGHT);
}
