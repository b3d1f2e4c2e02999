import { useMemo } from "react";
import type { SizeHw } from "../../../geometry";
import { type BboxXywh, combineRle, type Rle } from "../../../masks";
import type { ImagePixels } from "../../../rendering";
import { t } from "../../../words";
import { MaskPreview } from "../preview/MaskPreview";
import styles from "./ConflictDialog.module.css";

/** Blue and orange are told apart by colour-blind eyes too (Okabe & Ito 2008); what both have is grey. */
const COLORS = { mine: "#56b4e9", theirs: "#e69f00", both: "#c8c8c8" };

export interface BothMasksProps {
  readonly mine: Rle;
  readonly theirs: Rle;
  readonly pixels: ImagePixels | null;
  readonly imageHw: SizeHw;
  readonly region: BboxXywh;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
}

/** Two masks over each other: what only one of them has stands out. */
export function BothMasks({ mine, theirs, pixels, imageHw, region, width, height }: BothMasksProps) {
  const parts = useMemo(
    () => ({
      both: combineRle(mine, theirs, "intersect").rle,
      mine: combineRle(mine, theirs, "subtract").rle,
      theirs: combineRle(theirs, mine, "subtract").rle,
    }),
    [mine, theirs],
  );
  const shared = { imageHw, region, width, height };
  return (
    <figure className={styles.side}>
      <div className={styles.picture} role="img" aria-label={t("Both masks over each other")}>
        {(["both", "mine", "theirs"] as const).map((part, index) => (
          <MaskPreview
            key={part}
            label=""
            className={index > 0 ? styles.over : undefined}
            pixels={index === 0 ? pixels : null}
            mask={{ kind: "rle", rle: parts[part] }}
            color={COLORS[part]}
            isFluid
            {...shared}
          />
        ))}
      </div>
      <figcaption className={styles.legend}>
        <Key color={COLORS.mine} text={t("only mine")} />
        <Key color={COLORS.both} text={t("both")} />
        <Key color={COLORS.theirs} text={t("only theirs")} />
      </figcaption>
    </figure>
  );
}

function Key({ color, text }: { readonly color: string; readonly text: string }) {
  return (
    <span className={styles.facts}>
      <span className={styles.swatch} style={{ background: color }} />
      {text}
    </span>
  );
}
