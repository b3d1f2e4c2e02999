import type { Editor } from "../../../editor";
import { t } from "../../../words";
import { Select } from "../../components";
import { useSnapshot } from "../useSnapshot";
import styles from "./CategoryPicker.module.css";

/** The category of the next mask, or of the selected ones, where the palette is not in sight. */
export function CategoryPicker({ editor }: { readonly editor: Editor }) {
  const { categories, currentCategoryId } = useSnapshot(editor);
  const current = categories.find(({ id }) => id === currentCategoryId);
  if (!current) return null;
  return (
    <div className={styles.picker}>
      <span className={styles.swatch} style={{ background: current.color }} />
      <Select
        label={t("Category")}
        hidesLabel
        options={categories.map(({ id, name }) => ({ value: String(id), label: name }))}
        value={String(current.id)}
        onChange={(id) => editor.chooseCategory(Number(id))}
      />
    </div>
  );
}
