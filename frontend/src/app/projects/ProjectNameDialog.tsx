import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { sentenceOf } from "../../api";
import { Button, Dialog, TextField } from "../../ui/components";
import { t } from "../../words";

export interface ProjectNameDialogProps {
  readonly title: string;
  readonly submitLabel: string;
  readonly name?: string;
  readonly onSubmit: (name: string) => Promise<void>;
  readonly onClose: () => void;
}

export function ProjectNameDialog({
  title,
  submitLabel,
  name: before = "",
  onSubmit,
  onClose,
}: ProjectNameDialogProps) {
  const [name, setName] = useState(before);
  const form = useId();
  const save = useMutation({ mutationFn: () => onSubmit(name.trim()), onSuccess: onClose });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() && !save.isPending) save.mutate();
  };
  return (
    <Dialog
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("Cancel")}</Button>
          <Button
            variant="primary"
            type="submit"
            form={form}
            isBusy={save.isPending}
            disabledReason={name.trim() ? null : t("Write a name first.")}
          >
            {submitLabel}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit}>
        <TextField
          label={t("Name")}
          value={name}
          maxLength={200}
          isFirst
          placeholder={t("Street scenes")}
          error={save.isError ? sentenceOf(save.error) : null}
          onChange={(event) => setName(event.target.value)}
        />
      </form>
    </Dialog>
  );
}
