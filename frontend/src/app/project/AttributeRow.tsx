import { Trash2 } from "lucide-react";
import { useId } from "react";
import { IconButton, Select, TextField } from "../../ui/components";
import { t } from "../../words";
import styles from "./AttributesDialog.module.css";
import type { WrittenAttribute } from "./writtenAttributes";

export interface AttributeRowProps {
  readonly row: WrittenAttribute;
  readonly problem: string | null;
  readonly onChange: (patch: Partial<WrittenAttribute>) => void;
  readonly onRemove: () => void;
}

export function AttributeRow({ row, problem, onChange, onRemove }: AttributeRowProps) {
  const id = useId();
  return (
    <li className={styles.row}>
      <TextField
        label={t("Name")}
        className={styles.name}
        value={row.name}
        maxLength={100}
        error={problem}
        onChange={(event) => onChange({ name: event.target.value })}
      />
      <Select
        label={t("Kind")}
        className={styles.kind}
        options={[
          { value: "text", label: t("Text") },
          { value: "number", label: t("Number") },
          { value: "choice", label: t("Choice") },
          { value: "checkbox", label: t("Checkbox") },
        ]}
        value={row.kind}
        onChange={(kind) => onChange({ kind })}
      />
      <label className={styles.required}>
        <input
          type="checkbox"
          checked={row.required}
          onChange={(event) => onChange({ required: event.target.checked })}
        />
        {t("Required")}
      </label>
      <IconButton
        label={t("Remove the attribute {name}", { name: row.name })}
        icon={<Trash2 />}
        className={styles.remove}
        tooltipSide="left"
        onClick={onRemove}
      />
      {row.kind === "choice" && (
        <div className={styles.options}>
          <label htmlFor={id} className={styles.label}>
            {t("Options, one a line")}
          </label>
          <textarea
            id={id}
            className={styles.written}
            rows={3}
            value={row.options}
            onChange={(event) => onChange({ options: event.target.value })}
          />
        </div>
      )}
    </li>
  );
}
