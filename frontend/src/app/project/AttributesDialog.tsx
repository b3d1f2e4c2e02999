import { Plus } from "lucide-react";
import { useState } from "react";
import type { CategoryDto } from "../../api";
import { Button, Dialog } from "../../ui/components";
import { t } from "../../words";
import { AttributeRow } from "./AttributeRow";
import styles from "./AttributesDialog.module.css";
import { definitionOf, problemsOf, type WrittenAttribute, writtenOf } from "./writtenAttributes";

export interface AttributesDialogProps {
  readonly category: CategoryDto;
  readonly onSave: (attributes: CategoryDto["attributes"]) => void;
  readonly onClose: () => void;
}

/** What a category asks of each of its annotations. Nothing is saved before all of it makes sense. */
export function AttributesDialog({ category, onSave, onClose }: AttributesDialogProps) {
  const [rows, setRows] = useState<readonly WrittenAttribute[]>(() => category.attributes.map(writtenOf));
  const [areProblemsShown, setProblemsShown] = useState(false);
  const problems = problemsOf(rows);
  const change = (key: string, patch: Partial<WrittenAttribute>): void =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...patch } : row)));
  const save = (): void => {
    if (problems.size > 0) {
      setProblemsShown(true);
      return;
    }
    onSave(rows.map(definitionOf));
    onClose();
  };
  return (
    <Dialog
      title={t("Attributes of {name}", { name: category.name })}
      size="medium"
      onClose={onClose}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            {t("Cancel")}
          </Button>
          <Button variant="primary" onClick={save}>
            {t("Save")}
          </Button>
        </>
      }
    >
      <p className={styles.text}>
        {t(
          "Each annotation of this category is asked for them. Values that no longer fit are kept, but neither shown nor exported.",
        )}
      </p>
      <ul className={styles.rows}>
        {rows.map((row) => (
          <AttributeRow
            key={row.key}
            row={row}
            problem={areProblemsShown ? (problems.get(row.key) ?? null) : null}
            onChange={(patch) => change(row.key, patch)}
            onRemove={() => setRows(rows.filter(({ key }) => key !== row.key))}
          />
        ))}
      </ul>
      <Button icon={<Plus />} onClick={() => setRows([...rows, writtenOf()])}>
        {t("Add an attribute")}
      </Button>
    </Dialog>
  );
}
