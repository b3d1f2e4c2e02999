import { Plus } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button, TextField } from "../../ui/components";
import styles from "./AddCategory.module.css";

export interface AddCategoryProps {
  readonly isBusy: boolean;
  /** Rejects when the server refuses: the name then stays in the field. */
  readonly onAdd: (name: string) => Promise<unknown>;
}

export function AddCategory({ isBusy, onAdd }: AddCategoryProps) {
  const [name, setName] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!name.trim() || isBusy) return;
    onAdd(name.trim()).then(
      () => setName(""),
      () => undefined,
    );
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextField
        label="New category"
        hidesLabel
        placeholder="New category"
        className={styles.field}
        value={name}
        maxLength={100}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" icon={<Plus />} isBusy={isBusy} disabledReason={name.trim() ? null : "Write a name first."}>
        Add
      </Button>
    </form>
  );
}
