import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { deleteProject, type Project, sentenceOf } from "../../api";
import { Button, Dialog, notify, TextField } from "../../ui/components";
import { keys, queryClient } from "../queryClient";
import { countOf } from "../words";

export function DeleteProjectDialog({ project, onClose }: { readonly project: Project; readonly onClose: () => void }) {
  const [typed, setTyped] = useState("");
  const removal = useMutation({
    mutationFn: () => deleteProject(project.id),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: keys.projects, exact: true });
      onClose();
      notify({ level: "success", message: `The project ${project.name} is deleted.` });
    },
  });
  // Work of people is lost for good: whoever deletes it has to write its name.
  const hasWork = project.annotation_count > 0;
  const isConfirmed = !hasWork || typed.trim() === project.name.trim();
  return (
    <Dialog
      title="Delete project"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="danger"
            isBusy={removal.isPending}
            disabledReason={isConfirmed ? null : "Write the name of the project first."}
            onClick={() => removal.mutate()}
          >
            Delete project
          </Button>
        </>
      }
    >
      <p style={{ marginBottom: 12 }}>
        <strong>{project.name}</strong> with {countOf(project.image_count, "image")} and{" "}
        {countOf(project.annotation_count, "annotation")} is deleted for good. Export it first if you may need it.
      </p>
      {hasWork && (
        <TextField
          label={`Write “${project.name}” to confirm`}
          value={typed}
          isFirst
          onChange={(event) => setTyped(event.target.value)}
        />
      )}
      {removal.isError && <p role="alert">{sentenceOf(removal.error)}</p>}
    </Dialog>
  );
}
