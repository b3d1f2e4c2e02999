import { useMutation } from "@tanstack/react-query";
import { deleteImage, type ImageDto, sentenceOf } from "../../api";
import { Button, Dialog } from "../../ui/components";
import { keys, queryClient } from "../queryClient";
import { countOf } from "../words";

export function DeleteImageDialog({ image, onClose }: { readonly image: ImageDto; readonly onClose: () => void }) {
  const removal = useMutation({
    mutationFn: () => deleteImage(image.id),
    onSuccess: async () => {
      onClose();
      await queryClient.invalidateQueries({ queryKey: keys.project(image.project) });
    },
  });
  return (
    <Dialog
      title="Delete image"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="danger" isBusy={removal.isPending} onClick={() => removal.mutate()}>
            Delete image
          </Button>
        </>
      }
    >
      <p>
        <strong>{image.filename}</strong>
        {image.annotation_count > 0 && <> with its {countOf(image.annotation_count, "mask")}</>} is deleted for good.
      </p>
      {removal.isError && <p role="alert">{sentenceOf(removal.error)}</p>}
    </Dialog>
  );
}
