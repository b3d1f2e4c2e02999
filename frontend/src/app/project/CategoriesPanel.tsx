import type { ReactNode } from "react";
import type { Project } from "../../api";
import { Button, Spinner } from "../../ui/components";
import { t } from "../../words";
import { AddCategory } from "./AddCategory";
import styles from "./CategoriesPanel.module.css";
import { CategoryRow } from "./CategoryRow";
import { useCategories } from "./useCategories";

export interface CategoriesPanelProps {
  readonly project: Project;
  /** On narrow windows only: wide ones always show it. */
  readonly isOpen: boolean;
  /** What the panel shows below the categories. */
  readonly children?: ReactNode;
}

export function CategoriesPanel({ project, isOpen, children }: CategoriesPanelProps) {
  const { query, categories, create, change, remove } = useCategories(project.id);
  const mayEdit = project.role === "owner" || project.role === "manager";
  return (
    <aside className={styles.panel} data-open={isOpen || undefined} aria-label={t("Categories")}>
      <header className={styles.header}>
        <h2 className={styles.title}>{t("Categories")}</h2>
        <span className={styles.count}>{categories.length}</span>
      </header>
      {query.isPending && (
        <p className={styles.hint} role="status">
          <Spinner size={12} /> {t("Loading…")}
        </p>
      )}
      {query.isError && !query.data && (
        <div className={styles.hint} role="alert">
          {t("The categories could not be loaded.")}
          <Button onClick={() => void query.refetch()}>{t("Try again")}</Button>
        </div>
      )}
      {query.data && categories.length === 0 && (
        <p className={styles.hint}>
          {mayEdit
            ? t("Name the classes of things that you tell apart: car, person, leaf. Each mask gets one.")
            : t("There are none yet. A manager of the project can add them.")}
        </p>
      )}
      <ul className={styles.list}>
        {categories.map((category, index) => (
          <CategoryRow
            key={category.id}
            category={category}
            index={index}
            mayEdit={mayEdit}
            onChange={(fields) => change.mutate({ id: category.id, ...fields })}
            onDelete={() => remove.mutate(category.id)}
          />
        ))}
      </ul>
      {mayEdit && <AddCategory isBusy={create.isPending} onAdd={(name) => create.mutateAsync(name)} />}
      {children}
    </aside>
  );
}
