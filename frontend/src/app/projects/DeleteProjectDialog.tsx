import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { deleteProject, type Project, sentenceOf } from "../../api";
import { Button, Dialog, notify, Rich, TextField } from "../../ui/components";
import { t } from "../../words";
import { annotationsInWords, imagesInWords } from "../quantities";
import { keys, queryClient } from "../queryClient";

export function DeleteProjectDialog({ project, onClose }: { readonly project: Project; readonly onClose: () => void }) {
  const [typed, setTyped] = useState("");
  const removal = useMutation({
    mutationFn: () => deleteProject(project.id),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: keys.projects, exact: true });
      onClose();
      notify({ level: "success", message: t("The project {name} is deleted.", { name: project.name }) });
    },
  });
  // Work of people is lost for good: whoever deletes it has to write its name.
  const hasWork = project.annotation_count > 0;
  const isConfirmed = !hasWork || typed.trim() === project.name.trim();
  return (
    <Dialog
      title={t("Delete project")}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("Cancel")}</Button>
          <Button
            variant="danger"
            isBusy={removal.isPending}
            disabledReason={isConfirmed ? null : t("Write the name of the project first.")}
            onClick={() => removal.mutate()}
          >
            {t("Delete project")}
          </Button>
        </>
      }
    >
      <p style={{ marginBottom: 12 }}>
        <Rich
          sentence="Deleted for good: {name}, {images}, {annotations}. Export it first if you may need it."
          values={{
            name: <strong>{project.name}</strong>,
            images: imagesInWords(project.image_count),
            annotations: annotationsInWords(project.annotation_count),
          }}
        />
      </p>
      {hasWork && (
        <TextField
          label={t("Write “{name}” to confirm", { name: project.name })}
          value={typed}
          isFirst
          onChange={(event) => setTyped(event.target.value)}
        />
      )}
      {removal.isError && <p role="alert">{sentenceOf(removal.error)}</p>}
    </Dialog>
  );
}
