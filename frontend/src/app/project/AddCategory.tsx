import { Plus } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button, TextField } from "../../ui/components";
import { t } from "../../words";
import styles from "./AddCategory.module.css";

export interface AddCategoryProps {
  readonly isBusy: boolean;
  /** Rejects when the server refuses: the name then comes back into the field. */
  readonly onAdd: (name: string) => Promise<unknown>;
}

export function AddCategory({ isBusy, onAdd }: AddCategoryProps) {
  const [text, setText] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const name = text.trim();
    if (!name) return;
    // Emptied at once: whoever types "car, Enter, person, Enter" need not wait for the server.
    setText("");
    onAdd(name).catch(() => setText((now) => now || name));
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextField
        label={t("New category")}
        hidesLabel
        placeholder={t("New category")}
        className={styles.field}
        value={text}
        maxLength={100}
        onChange={(event) => setText(event.target.value)}
      />
      <Button
        type="submit"
        icon={<Plus />}
        isBusy={isBusy && !text}
        disabledReason={text.trim() ? null : t("Write a name first.")}
      >
        {t("Add")}
      </Button>
    </form>
  );
}
