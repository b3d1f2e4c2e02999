import type { ReactNode } from "react";
import type { Editor } from "../../editor";
import { t } from "../../words";
import { Kbd } from "../components";
import styles from "./CategoryPalette.module.css";
import { useSnapshot } from "./useSnapshot";

const NUMBER_KEYS = 9;

export interface CategoryPaletteProps {
  readonly editor: Editor;
  /** The form that adds one; null when the user may not. */
  readonly add: ReactNode;
}

/** The categories: the current one is given to the next mask, or to the selected one. */
export function CategoryPalette({ editor, add }: CategoryPaletteProps) {
  const { categories, currentCategoryId } = useSnapshot(editor);
  return (
    <section className={styles.section} aria-label={t("Categories")}>
      <h2 className={styles.title}>{t("Categories")}</h2>
      {categories.length === 0 && (
        <p className={styles.hint}>
          {add ? t("Add a category, so that masks can be accepted.") : t("There are none. A manager can add them.")}
        </p>
      )}
      <div className={styles.list} role="radiogroup" aria-label={t("Current category")}>
        {categories.map(({ id, name, color }, index) => (
          // biome-ignore lint/a11y/useSemanticElements: arrow keys belong to the workspace, not to a group of <input>s.
          <button
            key={id}
            type="button"
            role="radio"
            className={styles.category}
            aria-checked={id === currentCategoryId}
            onClick={() => editor.chooseCategory(id)}
          >
            <span className={styles.swatch} style={{ background: color }} />
            <span className={styles.name} title={name}>
              {name}
            </span>
            {index < NUMBER_KEYS && <Kbd keys={String(index + 1)} />}
          </button>
        ))}
      </div>
      {add}
    </section>
  );
}
