import { ListChecks, Trash2 } from "lucide-react";
import { type KeyboardEvent, useEffect, useState } from "react";
import type { CategoryChange, CategoryDto } from "../../api";
import { IconButton, Kbd } from "../../ui/components";
import { t } from "../../words";
import { AttributesDialog } from "./AttributesDialog";
import styles from "./CategoriesPanel.module.css";

const NUMBER_KEYS = 9;

export interface CategoryRowProps {
  readonly category: CategoryDto;
  /** Place in the list, from 0: the number key is one more. */
  readonly index: number;
  readonly mayEdit: boolean;
  readonly onChange: (fields: CategoryChange) => void;
  readonly onDelete: () => void;
}

export function CategoryRow({ category, index, mayEdit, onChange, onDelete }: CategoryRowProps) {
  const [name, setName] = useState(category.name);
  const [isEditingAttributes, setEditingAttributes] = useState(false);
  useEffect(() => setName(category.name), [category.name]);
  const commit = (): void => {
    const trimmed = name.trim();
    if (!trimmed) setName(category.name);
    else if (trimmed !== category.name) onChange({ name: trimmed });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === "Enter") event.currentTarget.blur();
    if (event.key === "Escape") setName(category.name);
  };
  return (
    <li className={styles.row}>
      <ColorPicker category={category} mayEdit={mayEdit} onPick={(color) => onChange({ color })} />
      <input
        className={styles.name}
        aria-label={t("Name of the category {name}", { name: category.name })}
        value={name}
        maxLength={100}
        readOnly={!mayEdit}
        onChange={(event) => setName(event.target.value)}
        onBlur={commit}
        onKeyDown={onKeyDown}
      />
      {mayEdit && (
        <IconButton
          label={t("Attributes of {name}", { name: category.name })}
          icon={<ListChecks />}
          className={category.attributes.length > 0 ? undefined : styles.delete}
          tooltipSide="left"
          onClick={() => setEditingAttributes(true)}
        />
      )}
      {mayEdit && (
        <IconButton
          label={t("Delete the category {name}", { name: category.name })}
          icon={<Trash2 />}
          className={styles.delete}
          tooltipSide="left"
          onClick={onDelete}
        />
      )}
      {index < NUMBER_KEYS && <Kbd keys={String(index + 1)} />}
      {isEditingAttributes && (
        <AttributesDialog
          category={category}
          onSave={(attributes) => onChange({ attributes })}
          onClose={() => setEditingAttributes(false)}
        />
      )}
    </li>
  );
}

interface ColorPickerProps {
  readonly category: CategoryDto;
  readonly mayEdit: boolean;
  readonly onPick: (color: string) => void;
}

/** The browser's own picker. It reports every move of the pointer: only the last colour is saved, when it closes. */
function ColorPicker({ category, mayEdit, onPick }: ColorPickerProps) {
  const [color, setColor] = useState(category.color);
  useEffect(() => setColor(category.color), [category.color]);
  return (
    <span className={styles.swatch} style={{ background: color }}>
      {mayEdit && (
        <input
          type="color"
          aria-label={t("Colour of the category {name}", { name: category.name })}
          value={color}
          onChange={(event) => setColor(event.target.value)}
          onBlur={() => color !== category.color && onPick(color)}
        />
      )}
    </span>
  );
}
