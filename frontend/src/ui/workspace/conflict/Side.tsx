import type { Annotation } from "../../../document";
import type { SizeHw } from "../../../geometry";
import type { BboxXywh } from "../../../masks";
import type { ImagePixels } from "../../../rendering";
import { formatNumber, t } from "../../../words";
import { MaskPreview } from "../preview/MaskPreview";
import styles from "./ConflictDialog.module.css";

const UNKNOWN_COLOR = "#8b919c";

export interface SideProps {
  readonly title: string;
  /** Null: deleted. */
  readonly annotation: Annotation | null;
  readonly pixels: ImagePixels | null;
  readonly imageHw: SizeHw;
  readonly region: BboxXywh;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly categoryOf: (id: number) => { readonly name: string; readonly color: string } | null;
}

/** One version of the annotation. */
export function Side({ title, annotation, categoryOf, ...shown }: SideProps) {
  const category = annotation && categoryOf(annotation.categoryId);
  const color = category?.color ?? UNKNOWN_COLOR;
  return (
    <figure className={styles.side}>
      <div className={styles.picture} data-deleted={!annotation || undefined}>
        <MaskPreview
          label={annotation ? t("{side}: the mask", { side: title }) : t("{side}: deleted", { side: title })}
          mask={annotation && { kind: "rle", rle: annotation.rle }}
          color={color}
          isFluid
          {...shown}
        />
      </div>
      <figcaption>
        <strong>{title}</strong>
        {annotation ? (
          <span className={styles.facts}>
            <span className={styles.swatch} style={{ background: color }} />
            {category?.name ?? t("Unknown category")} · {t("{area} px", { area: formatNumber(annotation.area) })}
          </span>
        ) : (
          <span className={styles.facts}>{t("deleted")}</span>
        )}
      </figcaption>
    </figure>
  );
}
