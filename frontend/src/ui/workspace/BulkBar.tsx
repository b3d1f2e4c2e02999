import { Trash2, X } from "lucide-react";
import type { Category, Editor } from "../../editor";
import { t, tn } from "../../words";
import { IconButton, Select } from "../components";
import styles from "./BulkBar.module.css";
import { CommandButton } from "./CommandButton";

const UNCHANGED = "";

export interface BulkBarProps {
  readonly editor: Editor;
  readonly count: number;
  readonly categories: readonly Category[];
}

/** What is done to several annotations at once; each is one step of the history. */
export function BulkBar({ editor, count, categories }: BulkBarProps) {
  const options = [
    { value: UNCHANGED, label: t("Category…") },
    ...categories.map(({ id, name }) => ({ value: String(id), label: name })),
  ];
  return (
    <div className={styles.bar} role="toolbar" aria-label={t("Selected annotations")}>
      <span className={styles.count} role="status">
        {tn("{count} selected", "{count} selected", count)}
      </span>
      <Select
        label={t("Category of the selected annotations")}
        hidesLabel
        className={styles.category}
        options={options}
        value={UNCHANGED}
        onChange={(id) => id !== UNCHANGED && editor.selecting.setCategory(Number(id))}
      />
      <CommandButton
        editor={editor}
        command="annotation.delete"
        label={t("Delete the selected annotations")}
        icon={<Trash2 />}
      />
      <IconButton label={t("Select nothing")} icon={<X />} tooltipSide="left" onClick={() => editor.select(null)} />
    </div>
  );
}
