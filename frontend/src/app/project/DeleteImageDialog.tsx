import { useMutation } from "@tanstack/react-query";
import { deleteImage, type ImageDto, sentenceOf } from "../../api";
import { Button, Dialog, Rich } from "../../ui/components";
import { t } from "../../words";
import { masksInWords } from "../quantities";
import { keys, queryClient } from "../queryClient";

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
      title={t("Delete image")}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("Cancel")}</Button>
          <Button variant="danger" isBusy={removal.isPending} onClick={() => removal.mutate()}>
            {t("Delete image")}
          </Button>
        </>
      }
    >
      <p>
        <Rich sentence="{name} is deleted for good." values={{ name: <strong>{image.filename}</strong> }} />{" "}
        {image.annotation_count > 0 &&
          t("So is what it has: {masks}.", { masks: masksInWords(image.annotation_count) })}
      </p>
      {removal.isError && <p role="alert">{sentenceOf(removal.error)}</p>}
    </Dialog>
  );
}
