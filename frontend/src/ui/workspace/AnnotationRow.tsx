import { Eye, EyeOff, Trash2 } from "lucide-react";
import { memo } from "react";
import type { Annotation } from "../../document";
import type { Category, Editor } from "../../editor";
import type { ImagePixels } from "../../rendering";
import { formatNumber, t } from "../../words";
import { IconButton } from "../components";
import styles from "./AnnotationRow.module.css";
import { MissingBadge } from "./attributes/MissingBadge";
import { LockButton } from "./LockButton";
import { MaskPreview } from "./preview/MaskPreview";
import { regionAround } from "./preview/region";
import { inHundredths, scoresInWords } from "./scoreFilter";
import type { SelectModifiers } from "./useListSelection";

const SWATCH = 32;
const UNKNOWN = { name: t("Unknown category"), color: "#8b919c" };

export interface AnnotationRowProps {
  readonly editor: Editor;
  readonly annotation: Annotation;
  /** Null: it is not known, or not yet. */
  readonly category: Category | null;
  readonly pixels: ImagePixels | null;
  readonly isSelected: boolean;
  readonly isHighlighted: boolean;
  readonly isHidden: boolean;
  readonly onSelect: (id: string, modifiers: SelectModifiers) => void;
}

/** Memoised: the list is drawn again with every move of the pointer, and its rows almost never change. */
export const AnnotationRow = memo(function AnnotationRow(props: AnnotationRowProps) {
  const { editor, annotation, pixels, isSelected, isHighlighted, isHidden, onSelect } = props;
  const { id, rle, bboxXywh, area, provenance } = annotation;
  const category = props.category ?? UNKNOWN;
  const iou = provenance.predicted_iou;
  return (
    <div
      className={styles.row}
      data-selected={isSelected || undefined}
      data-highlighted={isHighlighted || undefined}
      data-hidden={isHidden || undefined}
      data-locked={annotation.locked || undefined}
      onPointerEnter={() => editor.highlight(id)}
      onPointerLeave={() => editor.highlight(null)}
    >
      <button
        type="button"
        className={styles.select}
        data-row={id}
        aria-pressed={isSelected}
        onClick={(event) => onSelect(id, event)}
      >
        <span className={styles.swatch} style={{ borderColor: category.color }}>
          <MaskPreview
            label=""
            width={SWATCH}
            height={SWATCH}
            pixels={pixels}
            imageHw={rle.size}
            region={regionAround(bboxXywh, rle.size, 1)}
            mask={{ kind: "rle", rle }}
            color={category.color}
          />
        </span>
        <span className={styles.words}>
          <span className={styles.name}>{category.name}</span>
          <span className={styles.facts} title={scoresInWords(annotation) || undefined}>
            {t("{area} px", { area: formatNumber(area) })}
            {iou !== undefined && ` · ${t("IoU {iou}", { iou: inHundredths(iou) })}`}
          </span>
        </span>
      </button>
      <MissingBadge annotation={annotation} category={props.category} />
      <LockButton editor={editor} annotation={annotation} className={styles.lock} />
      <span className={styles.actions}>
        <IconButton
          label={isHidden ? t("Show this annotation") : t("Hide this annotation")}
          icon={isHidden ? <EyeOff /> : <Eye />}
          tooltipSide="left"
          onClick={() => editor.look.toggleHidden(id)}
        />
        <IconButton
          label={t("Delete this annotation")}
          icon={<Trash2 />}
          disabledReason={annotation.locked ? t("It is locked.") : null}
          tooltipSide="left"
          onClick={() => editor.removeAnnotation(id)}
        />
      </span>
    </div>
  );
});
