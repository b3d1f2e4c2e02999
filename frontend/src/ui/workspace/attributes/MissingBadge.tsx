import { CircleAlert } from "lucide-react";
import { type Annotation, missingAttributes } from "../../../document";
import type { Category } from "../../../editor";
import { t } from "../../../words";
import styles from "./MissingBadge.module.css";

export interface MissingBadgeProps {
  readonly annotation: Annotation;
  readonly category: Category | null;
}

/** In a row of the list: a required attribute has no value yet. */
export function MissingBadge({ annotation, category }: MissingBadgeProps) {
  const missing = missingAttributes(category?.attributes ?? [], annotation.attributes);
  if (missing.length === 0) return null;
  const label = t("Missing: {names}", { names: missing.join(", ") });
  return (
    <span className={styles.badge} role="img" aria-label={label} title={label}>
      <CircleAlert aria-hidden="true" />
    </span>
  );
}
