import { Search } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import type { Annotation } from "../../document";
import type { Category, Editor } from "../../editor";
import { formatNumber, t } from "../../words";
import { Kbd, TextField } from "../components";
import styles from "./CategoryPalette.module.css";
import { fold } from "./commandSearch";
import { shortcutInWords } from "./shortcutInWords";
import { useSnapshot } from "./useSnapshot";

export interface CategoryPaletteProps {
  readonly editor: Editor;
  /** The form that adds one; null when the user may not. */
  readonly add: ReactNode;
}

/** The categories: the current one is given to the next mask, or to the selected ones. */
export function CategoryPalette({ editor, add }: CategoryPaletteProps) {
  const { categories, annotations } = useSnapshot(editor);
  const [text, setText] = useState("");
  const counts = useMemo(() => countsOf(annotations), [annotations]);
  const found = categories.filter(({ name }) => fold(name).includes(fold(text.trim())));
  const choose = (category: Category | undefined): void => {
    if (category) editor.chooseCategory(category.id);
    setText("");
  };
  return (
    <section className={styles.section} aria-label={t("Categories")}>
      <div className={styles.header}>
        <h2 className={styles.title}>{t("Categories")}</h2>
        {categories.length > 0 && <CategorySearch text={text} onText={setText} onChoose={() => choose(found[0])} />}
      </div>
      {categories.length === 0 && (
        <p className={styles.hint}>
          {add ? t("Add a category, so that masks can be accepted.") : t("There are none. A manager can add them.")}
        </p>
      )}
      {categories.length > 0 && found.length === 0 && (
        <p className={styles.hint} role="status">
          {t("No category is called like that.")}
        </p>
      )}
      <div className={styles.list} role="radiogroup" aria-label={t("Current category")}>
        {found.map((category) => (
          <Choice
            key={category.id}
            editor={editor}
            category={category}
            count={counts.get(category.id) ?? 0}
            shortcut={editor.keymap.shortcutsOf(`category.${categories.indexOf(category) + 1}`)[0]}
          />
        ))}
      </div>
      {add}
    </section>
  );
}

interface CategorySearchProps {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onChoose: () => void;
}

/** Enter takes the first that is found, and gives the keys back to the canvas; Escape gives up. */
function CategorySearch({ text, onText, onChoose }: CategorySearchProps) {
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    if (event.key === "Enter") onChoose();
    else onText("");
    event.currentTarget.blur();
  };
  return (
    <TextField
      label={t("Search a category")}
      hidesLabel
      type="search"
      icon={<Search />}
      placeholder={t("Search")}
      className={styles.search}
      data-place="categories"
      value={text}
      onChange={(event) => onText(event.target.value)}
      onKeyDown={onKeyDown}
    />
  );
}

interface ChoiceProps {
  readonly editor: Editor;
  readonly category: Category;
  /** Annotations on this image. */
  readonly count: number;
  readonly shortcut: string | undefined;
}

function Choice({ editor, category: { id, name, color }, count, shortcut }: ChoiceProps) {
  const { currentCategoryId } = useSnapshot(editor);
  const isCurrent = id === currentCategoryId;
  const button = useRef<HTMLButtonElement>(null);
  // With more categories than there is room for, the one that was chosen by its key or by search is seen too.
  useEffect(() => {
    if (isCurrent) button.current?.scrollIntoView({ block: "nearest" });
  }, [isCurrent]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: arrow keys belong to the workspace, not to a group of <input>s.
    <button
      ref={button}
      type="button"
      role="radio"
      className={styles.category}
      aria-checked={isCurrent}
      onClick={() => editor.chooseCategory(id)}
    >
      <span className={styles.swatch} style={{ background: color }} />
      <span className={styles.name} title={name}>
        {name}
      </span>
      {count > 0 && <span className={styles.count}>{formatNumber(count)}</span>}
      {shortcut && <Kbd keys={shortcutInWords(shortcut)} />}
    </button>
  );
}

function countsOf(annotations: readonly Annotation[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const { categoryId } of annotations) counts.set(categoryId, (counts.get(categoryId) ?? 0) + 1);
  return counts;
}
